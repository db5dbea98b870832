/**
 * Closes a switch: a member of the union that no case handles fails to compile here.
 * @throws TypeError when untyped data reaches it, naming the value
 */
export function closed(value: never): never {
  throw new TypeError(`no case for ${JSON.stringify(value)}`);
}
