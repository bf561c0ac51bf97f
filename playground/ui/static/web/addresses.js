// Where the pages lie, from any of them: Play at the root, the others beside each other below it.

/** Where a link is opened in Play. @param {string} link like `?dataset=spiral` */
export const addressInPlay = (link) => new URL(`./${link}`, document.baseURI).href;

/** @param {string} name of a page */
export const addressOf = (name) => new URL(`./${name}`, document.baseURI).href;
