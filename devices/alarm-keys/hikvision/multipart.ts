/** multipart/mixed as Hikvision streams it (RFC 2046): parts with or without a length, pictures among them. Pure. */

export interface Part {
  /** Lower case, without parameters. */
  readonly type: string;
  readonly body: Uint8Array;
}

/** More than any alert or picture of one has, bytes. */
const largestPart = 4 * 1024 * 1024;
const largestHead = 8192;

/** The boundary of a `Content-Type`; undefined where it is no multipart. */
export function boundaryOf(contentType: string | undefined): string | undefined {
  const [type = '', ...parameters] = (contentType ?? '').split(';');
  if (!type.trim().toLowerCase().startsWith('multipart/')) return undefined;
  for (const parameter of parameters) {
    const [name = '', value = ''] = parameter.split(/=(.*)/s);
    if (name.trim().toLowerCase() !== 'boundary') continue;
    const text = value.trim().replace(/^"(.*)"$/, '$1');
    return text.length > 0 && text.length <= 200 ? text : undefined;
  }
  return undefined;
}

export interface Multipart {
  /** The parts that these bytes complete. A part without a length is complete with its last tag, or when the next one begins. */
  push(bytes: Uint8Array): readonly Part[] | { readonly fault: string };
}

/** Some firmware writes the dashes into the parameter as well; what stands before a boundary is cut off a body either way. */
export function openMultipart(boundary: string): Multipart {
  const mark = Buffer.from(boundary.startsWith('--') ? boundary : `--${boundary}`, 'latin1');
  let held: Buffer = Buffer.alloc(0);
  return {
    push(bytes) {
      held = Buffer.concat([held, bytes]);
      const parts: Part[] = [];
      for (;;) {
        const taken = takePart(held, mark);
        if (!taken) break;
        held = held.subarray(taken.end);
        if (taken.part) parts.push(taken.part);
      }
      if (held.length > largestPart) return { fault: `a part is larger than ${largestPart} bytes` };
      // Alerts are few and small; the rest is copied, so that no picture is held by one byte behind it.
      held = Buffer.from(held);
      return parts;
    },
  };
}

interface Taken {
  readonly part?: Part;
  /** From here on it is the next one's. */
  readonly end: number;
}

function takePart(held: Buffer, mark: Buffer): Taken | undefined {
  const start = held.indexOf(mark);
  if (start < 0) return undefined;
  const from = start + mark.length;
  const head = headOf(held, from);
  if (!head) return held.length - from > largestHead ? { end: from } : undefined;
  const length = Number(head.fields.get('content-length') ?? Number.NaN);
  const known = Number.isSafeInteger(length) && length >= 0 && length <= largestPart;
  const end = known ? head.end + length : endOf(held, mark, head.end);
  if (end < 0 || end > held.length) return undefined;
  const type = (head.fields.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  const body = held.subarray(head.end, end);
  return { end, part: { type, body: Buffer.from(known ? body : trimmed(body)) } };
}

/** An alert is not to wait for the heartbeat behind it. */
const lastTag = Buffer.from('</EventNotificationAlert>');

function endOf(held: Buffer, mark: Buffer, from: number): number {
  const next = held.indexOf(mark, from);
  const tag = held.indexOf(lastTag, from);
  return tag >= 0 && (next < 0 || tag < next) ? tag + lastTag.length : next;
}

/** The head of a part ends in an empty line; lines in CR LF or, from some firmware, bare LF. */
function headOf(held: Buffer, from: number): { readonly fields: ReadonlyMap<string, string>; readonly end: number } | undefined {
  const text = held.subarray(from, from + largestHead).toString('latin1');
  const blank = /\r?\n\r?\n/.exec(text);
  if (!blank) return undefined;
  const fields = new Map<string, string>();
  for (const line of text.slice(0, blank.index).split('\n')) {
    const colon = line.indexOf(':');
    if (colon > 0) fields.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
  }
  return { fields, end: from + blank.index + blank[0].length };
}

function trimmed(body: Buffer): Buffer {
  let end = body.length;
  while (end > 0 && (body[end - 1] === 0x0a || body[end - 1] === 0x0d || body[end - 1] === 0x2d)) end -= 1;
  return body.subarray(0, end);
}
