'use strict';

// Makes elements, for all pages. Texts are texts, whatever is in them.

/** A text in which nothing is hidden: what turns the direction of writing, say, is told by its number. */
function visible(text) {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (hidden) =>
    hidden === '\n' || hidden === '\t' ? hidden : `\\u{${hidden.codePointAt(0).toString(16)}}`);
}

const shown = (child) => typeof child === 'string' ? visible(child) : child;

/** An element with attributes and children; an attribute or a child that is not there is left out. */
function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    made.setAttribute(key, key === 'title' || key === 'aria-label' ? visible(value) : value === true ? '' : value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined).map(shown));
  return made;
}

/** An element of a picture. */
function shape(name, attributes, ...children) {
  const made = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children.map(shown));
  return made;
}
