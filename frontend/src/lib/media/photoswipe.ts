// The viewer's library with its style, so that both come together and late.

import 'photoswipe/style.css';

export { default as PhotoSwipe } from 'photoswipe';
