// The way from a network among many to the page where it is alone.

/** Where a network of a link is opened: Play lies at the root. @param {string} link */
export const addressInPlay = (link) => new URL(`./${link}`, document.baseURI).href;
