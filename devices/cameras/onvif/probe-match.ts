import type { Found } from '../../driver.ts';
import { childrenOf, down, each, readXml, textAt, type XmlElement } from '../../xml.ts';

/** Answers to a probe (WS-Discovery 1.0, April 2005). Pure. node-onvif's own reader drops an answer that names two devices. */

export type Match = Omit<Found, 'via'>;

const longest = 300;
const mostAddresses = 16;
const onvifScope = 'onvif://www.onvif.org/';
/** Some firmware announces no scope at all, but these types. */
const onvifTypes = new Set(['NetworkVideoTransmitter', 'NetworkVideoDisplay', 'NetworkVideoStorage', 'NetworkVideoAnalytics']);

/** Every ONVIF device that a datagram names; none for what is no answer. Never throws. */
export function readMatches(datagram: Uint8Array): Match[] {
  const read = readXml(datagram);
  const matches = 'root' in read ? down(read.root, 'Body', 'ProbeMatches') : undefined;
  return matches ? childrenOf(matches, 'ProbeMatch').flatMap(readMatch) : [];
}

const words = (element: XmlElement, name: string): string[] =>
  [...each(element, name)].flatMap((part) => part.text.split(/\s+/)).filter((word) => word !== '' && word.length <= longest);

function readMatch(match: XmlElement): Match[] {
  const addresses = [...new Set(words(match, 'XAddrs'))].slice(0, mostAddresses);
  const scopes = words(match, 'Scopes');
  const types = words(match, 'Types').map((type) => type.slice(type.lastIndexOf(':') + 1));
  const isOnvif = scopes.some((scope) => scope.startsWith(onvifScope)) || types.some((type) => onvifTypes.has(type));
  const urn = textAt(match, 'EndpointReference', 'Address')?.slice(0, longest) ?? addresses[0];
  if (!isOnvif || urn === undefined || addresses.length === 0) return [];
  const name = scopeValue(scopes, 'name');
  const maker = scopeValue(scopes, 'manufacturer') ?? scopeValue(scopes, 'mfr');
  const model = scopeValue(scopes, 'hardware');
  return [
    { urn, addresses, ...(name !== undefined && { name }), ...(maker !== undefined && { maker }), ...(model !== undefined && { model }) },
  ];
}

/** The last part of `onvif://www.onvif.org/<kind>/…`, with blanks as makers write them (`%20` and `_`). */
function scopeValue(scopes: readonly string[], kind: string): string | undefined {
  const prefix = `${onvifScope}${kind}/`;
  const scope = scopes.find((each) => each.toLowerCase().startsWith(prefix));
  const value =
    scope === undefined
      ? ''
      : decoded(scope.slice(scope.lastIndexOf('/') + 1))
          .replaceAll('_', ' ')
          .trim();
  return value === '' ? undefined : value;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return text;
    throw error;
  }
}
