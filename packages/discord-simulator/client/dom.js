/**
 * Builds an element. Text always becomes a text node, so that nothing anybody wrote can turn into HTML.
 * @param {string} tag element name, with classes after dots: `button.primary`
 * @param {Record<string, unknown>} [properties] attributes; functions become listeners (`onclick`)
 * @param {...(Node | string | null | undefined | false)} children
 * @returns {HTMLElement}
 */
export function h(tag, properties = {}, ...children) {
  const [name, ...classes] = tag.split('.');
  const element = document.createElement(name);
  if (classes.length > 0) element.className = classes.join(' ');
  for (const [key, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (typeof value === 'function') element.addEventListener(key.slice(2), value);
    else element.setAttribute(key, value === true ? '' : String(value));
  }
  element.append(
    ...children.filter((child) => child !== null && child !== undefined && child !== false && child !== ''),
  );
  return element;
}

export const byId = (id) => document.getElementById(id);

/** Discord's number as a CSS colour; 0 means "none". */
export const cssColor = (color) => (color ? `#${color.toString(16).padStart(6, '0')}` : '');
