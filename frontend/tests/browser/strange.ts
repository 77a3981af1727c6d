// Posts as they are rarely, and as a screen has to stand them: long names, no faces, odd shapes, every count, other scripts.

interface Shape {
	id: string;
	[field: string]: unknown;
}

const LONG_NAME = 'Maximiliane-Theodora von Hohenstaufen-Wittelsbach de la Cruz 🌊📷';
const LONG_HANDLE = `${'a_very_long_name_'.repeat(3)}x@${'photographs-and-other-things.'.repeat(2)}example`;
const LONG_WORD = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft';

/** A picture of ours, of any shape. */
function drawn(width: number, height: number, hue: number): string {
	const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><defs><linearGradient id="a" x2="0" y2="1"><stop stop-color="hsl(${hue} 45% 70%)"/><stop offset="1" stop-color="hsl(${hue + 40} 60% 28%)"/></linearGradient></defs><rect width="100%" height="100%" fill="url(#a)"/><circle cx="70%" cy="30%" r="${Math.min(width, height) / 8}" fill="hsl(${hue + 20} 80% 88%)"/></svg>`;
	return `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`;
}

function photo(id: string, width: number, height: number, hue = 200): Shape {
	const url = drawn(width, height, hue);
	return { id, type: 'image', url, preview_url: url, remote_url: null, text_url: null, description: `A picture of ${width} to ${height}`, blurhash: null, meta: { original: { width, height }, focus: { x: 0, y: 0 } }, variants: [] };
}

/** Made of a real post, so that everything that a post has is there. */
export function strange(like: Shape): Shape[] {
	const account = like.account as Shape;
	const made = (number: number, more: object, by: object = {}): Shape => ({
		...like,
		id: `99000000000000000${number}`,
		url: null,
		media_attachments: [],
		tags: [],
		mentions: [],
		spoiler_text: '',
		sensitive: false,
		content: '',
		replies_count: 0,
		reblogs_count: 0,
		favourites_count: 0,
		account: { ...account, id: `8800000000000000${number}`, ...by },
		...more
	});
	const faceless = { avatar: '/media/there_is_no_such_face.jpg', display_name: LONG_NAME, acct: LONG_HANDLE };
	return [
		made(9, { media_attachments: [photo('1', 900, 2_100)], content: `<p>${LONG_WORD} ${LONG_WORD}</p>`, favourites_count: 1_234_567, replies_count: 1_234_567, reblogs_count: 1_234_567, edited_at: like.created_at, visibility: 'unlisted' }, faceless),
		made(8, { media_attachments: [photo('2', 6_500, 2_400, 20)], content: '<p>ضوء الصباح على الرمل، والريح من الجنوب. مشيتُ ساعتين ولم أرَ أحدًا إلا طائرًا واحدًا.</p>', language: 'ar', favourites_count: 1, replies_count: 1, reblogs_count: 1 }, { display_name: 'سلمى الخطيب', acct: 'salma' }),
		made(7, { media_attachments: Array.from({ length: 20 }, (_, index) => photo(`3${index}`, 1_200, 800 + 40 * index, index * 17)), content: '<p>静かな朝。霧が晴れるまで二十枚撮った。</p><p>Twenty frames until the fog lifted.</p>', language: 'ja' }, { display_name: '由紀', acct: 'yuki' }),
		made(6, { content: `<p>${'Words without a picture. '.repeat(40)}</p>` }),
		made(4, { content: '<p>See this.</p><p class="quote-inline">RE: <a href="https://a.example/1">https://a.example/1</a></p>', quote: { state: 'accepted', quoted_status: made(3, { media_attachments: [photo('4', 900, 2_100), photo('6', 1, 1)], content: `<p>${LONG_WORD} &amp; <a href="x">more</a></p>`, quote: { state: 'accepted', quoted_status_id: '1' } }, faceless) } }),
		made(2, { media_attachments: [{ ...photo('7', 1_600, 900, 120), type: 'video', url: '/media/none.mp4' }, { ...photo('8', 1_000, 1_000, 60), type: 'gifv', url: '/media/none.mp4' }] }),
		made(5, { media_attachments: [photo('5', 1_000, 1_000, 300)], spoiler_text: LONG_NAME, sensitive: true })
	];
}

/** What a group of notifications by many of them is. */
export function crowd(like: Shape): object {
	const [first, second] = strange(like);
	return {
		accounts: [first!.account, second!.account],
		statuses: [first, second],
		notification_groups: [
			{ group_key: 'favourite-9', notifications_count: 1_234_568, type: 'favourite', most_recent_notification_id: '99', page_min_id: '90', page_max_id: '99', latest_page_notification_at: new Date().toISOString(), sample_account_ids: [(first!.account as Shape).id, (second!.account as Shape).id], status_id: first!.id },
			{ group_key: 'mention-8', notifications_count: 1, type: 'mention', most_recent_notification_id: '89', page_min_id: '89', page_max_id: '89', latest_page_notification_at: new Date().toISOString(), sample_account_ids: [(first!.account as Shape).id], status_id: second!.id }
		]
	};
}

/** Conversations with one and with many of them. */
export function talks(like: Shape): object[] {
	const posts = strange(like);
	return [
		{ id: '1', unread: true, accounts: [posts[0]!.account], last_status: { ...posts[0], visibility: 'direct' } },
		{ id: '2', unread: false, accounts: posts.slice(0, 4).map((post) => post.account), last_status: { ...posts[1], visibility: 'direct' } },
		{ id: '3', unread: true, accounts: [posts[2]!.account], last_status: { ...posts[2], content: '', visibility: 'direct' } }
	];
}
