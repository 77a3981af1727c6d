// How much room the window has, for what is not even made where it is not shown. The widths are those of the styles.

import { MediaQuery } from 'svelte/reactivity';

/** For the rail; else there are bars above and below. */
export const forRail = new MediaQuery('(min-width: 640px)', false);
/** For the words of a post beside its pictures. */
export const forBeside = new MediaQuery('(min-width: 900px)', false);
/** For a third column. */
export const forAside = new MediaQuery('(min-width: 1280px)', false);
