// A message's words without the names at its beginning, which only say to whom it goes. Adds no markup.
// Nothing is left where there were only names.

const NAME = '.h-card, a.mention';

export function bare(html: string): string {
	const { body } = new DOMParser().parseFromString(html, 'text/html');
	const first = body.querySelector('p') ?? body;
	for (let node = first.firstChild; node; node = first.firstChild) {
		if (node instanceof Text) {
			const text = node.data.trimStart();
			if (text) {
				node.data = text;
				break;
			}
		} else if (!(node instanceof Element && node.matches(NAME))) break;
		node.remove();
	}
	return body.textContent.trim() ? body.innerHTML : '';
}
