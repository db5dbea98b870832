/**
 * Who may say and hear what. Grants are exact topics or end in `/#`. Aedes' own check lets through filters such as `a#`,
 * control characters and broken UTF-8, so names are held to a strict alphabet first.
 */
const level = /^[^\u0000-\u001f\u007f\ufffd#+/$][^\u0000-\u001f\u007f\ufffd#+/]*$/u;

/** A text that MQTT 3.1.1 (1.5.3) allows nobody to send: it was no UTF-8, or holds U+0000. Whoever sends one is cut off. */
export const spoilt = (text: string): boolean => text.includes('\ufffd') || text.includes('\u0000');

/** A topic that may be published: no wildcard, no empty level, no `$`, no control character. */
export const wellFormed = (topic: string): boolean => topic.length <= 512 && topic.split('/').every((name) => level.test(name));

/** A filter that may be subscribed: levels as above, `+` for one whole level, `#` only at the end. */
export function wellFormedFilter(filter: string): boolean {
  const names = filter.split('/');
  return (
    filter.length <= 512 && names.every((name, index) => name === '+' || (name === '#' && index === names.length - 1) || level.test(name))
  );
}

/** Whether a topic lies within a grant. */
export const within = (topic: string, grant: string): boolean =>
  grant.endsWith('/#') ? topic.startsWith(grant.slice(0, -1)) : topic === grant;

/** Whether every topic that a filter can match lies within one of the grants: contained, not merely overlapping. */
export function contained(filter: string, grants: readonly string[]): boolean {
  return grants.some((grant) => {
    if (!grant.endsWith('/#')) return filter === grant;
    const fixed = grant.split('/').slice(0, -1);
    const asked = filter.split('/');
    return asked.length > fixed.length && fixed.every((name, index) => asked[index] === name);
  });
}

/** Whether a topic matches a subscribed filter (MQTT 3.1.1, 4.7). */
export function matches(topic: string, filter: string): boolean {
  const names = topic.split('/');
  const asked = filter.split('/');
  for (const [index, name] of asked.entries()) {
    if (name === '#') return true;
    if (name !== '+' && name !== names[index]) return false;
    if (index >= names.length) return false;
  }
  return names.length === asked.length;
}
