// Where the keyboard goes on when the list of lessons and a lesson make way for one another.

let place = "";

/** What comes next takes the focus. @param {string} name of its place: "lesson", or of a lesson in the list */
export function departFor(name) {
  place = name;
}

/** The place is here, perhaps, and takes the focus, once. @param {(name: string) => HTMLElement | null} find what has that name here */
export function arrive(find) {
  const node = place ? find(place) : null;
  if (!node) return;
  place = "";
  node.focus();
}
