import { SaxesParser, type SaxesTagNS } from 'saxes';

/** XML as devices write it, read with bounds: no DTD, no entities beyond the five, no more depth or size than a device needs. Pure. */

export interface XmlElement {
  /** Local name: prefixes differ from maker to maker. */
  readonly name: string;
  readonly namespace: string;
  /** By local name, without namespace declarations. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  /** All text directly in it, as it came. */
  readonly text: string;
}

interface Growing extends XmlElement {
  readonly children: XmlElement[];
  text: string;
}

const largest = 1024 * 1024;
const deepest = 64;
const mostElements = 50_000;

/** Ends the reading; its message is the reason. */
class Unreadable extends Error {}

/** The root element of a document, or why it is none. Never throws. */
export function readXml(source: Uint8Array | string): { readonly root: XmlElement } | { readonly fault: string } {
  try {
    if (source.length === 0) throw new Unreadable('empty document');
    if (source.length > largest) throw new Unreadable(`larger than ${largest} bytes`);
    return { root: parse(typeof source === 'string' ? source : decode(source)) };
  } catch (error) {
    if (error instanceof Unreadable) return { fault: error.message };
    throw error;
  }
}

function parse(text: string): XmlElement {
  const parser = new SaxesParser({
    xmlns: true,
    position: false,
    // Firmware forgets to declare prefixes; names are matched by their local part anyway.
    resolvePrefix: (prefix: string) => (prefix === '' ? '' : `urn:undeclared:${prefix}`),
  });
  const open: Growing[] = [];
  let root: XmlElement | undefined;
  let count = 0;
  parser.on('error', (error) => {
    throw new Unreadable(`not XML: ${error.message.slice(0, 100)}`);
  });
  parser.on('doctype', () => {
    throw new Unreadable('has a DTD');
  });
  parser.on('opentag', (tag) => {
    count += 1;
    if (open.length >= deepest) throw new Unreadable(`nested deeper than ${deepest} levels`);
    if (count > mostElements) throw new Unreadable(`more than ${mostElements} elements`);
    const element = elementOf(tag);
    open.at(-1)?.children.push(element);
    root ??= element;
    open.push(element);
  });
  parser.on('closetag', () => void open.pop());
  const addText = (more: string): void => {
    const inside = open.at(-1);
    if (inside) inside.text += more;
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.write(text).close();
  if (root === undefined) throw new Unreadable('not XML: no element');
  return root;
}

function elementOf(tag: SaxesTagNS): Growing {
  const attributes: Record<string, string> = Object.create(null);
  for (const attribute of Object.values(tag.attributes)) {
    if (attribute.prefix !== 'xmlns' && attribute.name !== 'xmlns') attributes[attribute.local] = attribute.value;
  }
  return { name: tag.local, namespace: tag.uri, attributes, children: [], text: '' };
}

const boms: readonly (readonly [bytes: readonly number[], encoding: string])[] = [
  [[0xef, 0xbb, 0xbf], 'utf-8'],
  [[0xff, 0xfe], 'utf-16le'],
  [[0xfe, 0xff], 'utf-16be'],
];

/** The byte order mark, else what the XML declaration says (GB/T 28181 devices write GB2312), else UTF-8. */
function decode(bytes: Uint8Array): string {
  const marked = boms.find(([bom]) => bom.every((byte, index) => bytes[index] === byte));
  try {
    return new TextDecoder(marked?.[1] ?? declared(bytes) ?? 'utf-8').decode(bytes);
  } catch (error) {
    throw new Unreadable('encoding is not known', { cause: error });
  }
}

function declared(bytes: Uint8Array): string | undefined {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 200));
  const end = head.indexOf('?>');
  const at = head.indexOf('encoding');
  if (!head.startsWith('<?xml') || at < 0 || at > end) return undefined;
  const value = head.slice(head.indexOf('=', at) + 1, end).trim();
  const quote = value.charAt(0);
  return quote === '"' || quote === "'" ? value.slice(1, value.indexOf(quote, 1)) : undefined;
}

/** The first child of a name. */
export const child = (element: XmlElement | undefined, name: string): XmlElement | undefined =>
  element?.children.find((each) => each.name === name);

export const childrenOf = (element: XmlElement | undefined, name: string): XmlElement[] =>
  element?.children.filter((each) => each.name === name) ?? [];

/** Down a path of names, taking the first of each. */
export const down = (element: XmlElement | undefined, ...names: readonly string[]): XmlElement | undefined =>
  names.reduce<XmlElement | undefined>((at, name) => child(at, name), element);

/** The trimmed text down a path; undefined when there is none or it is blank. */
export const textAt = (element: XmlElement | undefined, ...names: readonly string[]): string | undefined =>
  down(element, ...names)?.text.trim() || undefined;

/** Every element of a name, in the order of the document, not looked for inside another of that name. */
export function* each(element: XmlElement, name: string): Generator<XmlElement> {
  if (element.name === name) yield element;
  else for (const inside of element.children) yield* each(inside, name);
}

/** A piece of XML that was built here, so that nothing else can pass as one. */
export interface Xml {
  readonly xml: string;
}

export type XmlContent = Xml | string | number | undefined;

/** Writes an element; strings are text and are escaped, `undefined` is nothing. `name` and attribute names are the code's own. */
export function tag(name: string, attributes: Readonly<Record<string, string | undefined>>, ...content: readonly XmlContent[]): Xml {
  const written = Object.entries(attributes).map(([key, value]) => (value === undefined ? '' : ` ${key}="${escapeXml(value)}"`));
  const inside = content.map((each) => (each === undefined ? '' : typeof each === 'object' ? each.xml : escapeXml(String(each))));
  return { xml: `<${name}${written.join('')}>${inside.join('')}</${name}>` };
}

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };

/** Letters that XML 1.0 (2.2) cannot hold become U+FFFD; the five are escaped, line ends and tabs kept from being normalised. */
export function escapeXml(text: string): string {
  let written = '';
  for (const letter of text.toWellFormed()) {
    const code = letter.codePointAt(0) ?? 0;
    if (code === 9 || code === 10 || code === 13) written += `&#${code};`;
    else if (code < 0x20 || code === 0xfffe || code === 0xffff) written += '\uFFFD';
    else written += escapes[letter] ?? letter;
  }
  return written;
}

/** An element as it was read, written again with its namespace: for what a device wants to have back unchanged. */
export function rewrite(element: XmlElement, more: Readonly<Record<string, string>> = {}): Xml {
  const content = element.children.length > 0 ? element.children.map((inside) => rewrite(inside)) : [element.text];
  return tag(element.name, { xmlns: element.namespace, ...element.attributes, ...more }, ...content);
}
