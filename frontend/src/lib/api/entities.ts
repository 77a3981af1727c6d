// What the API answers with, as far as this app reads it. Holds no logic.

export interface Field {
	name: string;
	value: string;
	verified_at: string | null;
}

export interface CustomEmoji {
	shortcode: string;
	url: string;
	static_url: string;
}

export interface Account {
	id: string;
	username: string;
	acct: string;
	display_name: string;
	locked: boolean;
	bot: boolean;
	created_at: string;
	note: string;
	url: string;
	/** By which other servers know them. */
	uri?: string;
	avatar: string;
	header: string;
	followers_count: number;
	following_count: number;
	statuses_count: number;
	hide_collections?: boolean;
	fields: Field[];
	emojis: CustomEmoji[];
	moved?: Account;
	suspended?: boolean;
	limited?: boolean;
}

export interface CredentialAccount extends Account {
	source: {
		note: string;
		fields: Field[];
		privacy: Visibility;
		sensitive: boolean;
		language: string | null;
		quote_policy: QuotePolicy;
		offer_originals: boolean;
		show_camera: boolean;
		follow_requests_count: number;
	};
}

export type Visibility = 'public' | 'unlisted' | 'private' | 'direct';

export interface Variant {
	url: string;
	type: string;
	width: number;
}

export interface Attachment {
	id: string;
	type: 'image' | 'video' | 'gifv' | 'audio' | 'unknown';
	url: string | null;
	preview_url: string | null;
	remote_url: string | null;
	description: string | null;
	blurhash: string | null;
	meta: {
		original?: { width: number; height: number };
		small?: { width: number; height: number };
		focus?: { x: number; y: number };
	} | null;
	variants?: Variant[];
	/** The film in several sizes, for players that choose by their connection. */
	hls?: { url: string; type: string } | null;
	/** The file as it was uploaded, where its author lets others have it. */
	original_file?: { url: string; type: string; width: number; height: number; size: number } | null;
	/** With what and how it was taken, where its author lets others know. */
	camera?: Camera | null;
}

/** A picture that is in no post yet, as its owner sees it. */
export interface Uploaded extends Attachment {
	/** Others of theirs that look the same; `null` where one is in no post either. */
	similar?: { id: string; status_id: string | null }[];
}

/** How much one may keep, in bytes; `null` without a bound. */
export interface Quota {
	limit: number | null;
	used: number;
	left: number | null;
}

export interface Camera {
	make: string | null;
	model: string | null;
	lens: string | null;
	/** In millimetres. */
	focal_length: number | null;
	focal_length_35mm: number | null;
	/** In seconds, such as `1/250`. */
	exposure: string | null;
	aperture: number | null;
	iso: number | null;
	taken_at: string | null;
	/** As its author says it. */
	film?: Film | null;
}

export interface Film {
	stock: string | null;
	developer: string | null;
	scanner: string | null;
}

export interface Mention {
	id: string;
	username: string;
	acct: string;
	url: string;
}

export interface Tag {
	name: string;
	url: string;
	following?: boolean;
	history?: { day: string; uses: string; accounts: string }[];
}

export interface Status {
	id: string;
	created_at: string;
	edited_at: string | null;
	in_reply_to_id: string | null;
	in_reply_to_account_id: string | null;
	sensitive: boolean;
	spoiler_text: string;
	visibility: Visibility;
	language: string | null;
	uri: string;
	url: string | null;
	content: string;
	account: Account;
	reblog: Status | null;
	media_attachments: Attachment[];
	mentions: Mention[];
	tags: Tag[];
	emojis: CustomEmoji[];
	replies_count: number;
	reblogs_count: number;
	favourites_count: number;
	favourited?: boolean;
	reblogged?: boolean;
	bookmarked?: boolean;
	muted?: boolean;
	pinned?: boolean;
	poll?: Poll | null;
	quotes_count?: number;
	quote?: Quote | null;
	quote_approval?: QuoteApproval;
	/** What the reader's filters say of it. */
	filtered?: FilterResult[];
}

export type QuoteState = 'pending' | 'accepted' | 'rejected' | 'revoked' | 'deleted' | 'unauthorized' | 'blocked_account' | 'blocked_domain' | 'muted_account';

/** What a post quotes, as far as the reader meets it. Of what a quoted post quotes in its turn there is only the id. */
export interface Quote {
	state: QuoteState;
	quoted_status?: Status | null;
	quoted_status_id?: string | null;
}

export type QuotePolicy = 'public' | 'followers' | 'nobody';

export interface QuoteApproval {
	automatic: string[];
	manual: string[];
	current_user: 'automatic' | 'manual' | 'denied' | 'unknown';
}

export interface Poll {
	id: string;
	expires_at: string | null;
	expired: boolean;
	multiple: boolean;
	votes_count: number;
	voters_count: number | null;
	voted?: boolean;
	own_votes?: number[];
	/** How many chose an option; null while that is a secret. */
	options: { title: string; votes_count: number | null }[];
	emojis?: CustomEmoji[];
}

export interface StatusEdit {
	content: string;
	spoiler_text: string;
	sensitive: boolean;
	created_at: string;
	account: Account;
	media_attachments: Attachment[];
	emojis: CustomEmoji[];
}

export type FilterContext = 'home' | 'notifications' | 'public' | 'thread' | 'account';
export type FilterAction = 'warn' | 'hide' | 'blur';

export interface FilterHead {
	id: string;
	title: string;
	context: FilterContext[];
	expires_at: string | null;
	filter_action: FilterAction;
}

export interface Filter extends FilterHead {
	keywords: { id: string; keyword: string; whole_word: boolean }[];
	statuses: { id: string; status_id: string }[];
}

export interface FilterResult {
	filter: FilterHead;
	keyword_matches: string[] | null;
	status_matches: string[] | null;
}

export type RepliesPolicy = 'followed' | 'list' | 'none';

export interface PeopleList {
	id: string;
	title: string;
	replies_policy: RepliesPolicy;
	exclusive: boolean;
}

export interface Conversation {
	id: string;
	unread: boolean;
	accounts: Account[];
	last_status: Status;
}

/** A post that waits for its time. */
export interface ScheduledStatus {
	id: string;
	scheduled_at: string;
	params: { text: string; spoiler_text: string | null; visibility: Visibility | null };
	media_attachments: Attachment[];
}

export interface Context {
	ancestors: Status[];
	descendants: Status[];
}

export interface Relationship {
	id: string;
	following: boolean;
	requested: boolean;
	followed_by: boolean;
	requested_by?: boolean;
	blocking: boolean;
	blocked_by: boolean;
	muting: boolean;
	/** Nobody of their server is met. */
	domain_blocking?: boolean;
	showing_reblogs: boolean;
	note: string;
}

export interface Notification {
	id: string;
	type: string;
	created_at: string;
	group_key?: string;
	account: Account;
	status?: Status | null;
	/** With what a like from elsewhere was given; its picture, if it is not of those that every device has. */
	emoji?: string;
	emoji_url?: string | null;
}

export interface NotificationGroup {
	group_key: string;
	notifications_count: number;
	type: string;
	most_recent_notification_id: string;
	latest_page_notification_at: string;
	sample_account_ids: string[];
	status_id?: string;
}

export interface GroupedNotifications {
	accounts: Account[];
	statuses: Status[];
	notification_groups: NotificationGroup[];
}

export type Verdict = 'accept' | 'filter' | 'drop';
export type Stranger = 'not_following' | 'not_followers' | 'new_accounts' | 'private_mentions' | 'limited_accounts' | 'bots';

export type NotificationPolicy = Record<`for_${Stranger}`, Verdict> & {
	summary: { pending_requests_count: number; pending_notifications_count: number };
};

export interface NotificationRequest {
	id: string;
	created_at: string;
	updated_at: string;
	notifications_count: string;
	account: Account;
	last_status?: Status;
}

export interface SearchResults {
	accounts: Account[];
	statuses: Status[];
	hashtags: Tag[];
}

export interface Instance {
	domain: string;
	title: string;
	version: string;
	source_url: string;
	description: string;
	configuration: {
		statuses: { max_characters: number; max_media_attachments: number };
		media_attachments: { supported_mime_types: string[]; image_size_limit: number; image_matrix_limit?: number; video_size_limit?: number; video_duration_limit?: number; description_limit?: number };
		urls: { streaming: string };
	};
	registrations: { enabled: boolean; approval_required: boolean };
	rules: Rule[];
}

/** What a server asks of everybody, and in other languages. */
export interface Rule {
	id: string;
	text: string;
	hint?: string;
	translations?: Record<string, { text: string; hint?: string }>;
}
