import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { Live } from './live.ts';

/** What the server has been asked, one entry for each connection: after which event, and how it then speaks. */
interface Line {
  readonly after: string | null;
  say(text: string): void;
  cut(): void;
}

let lines: Line[];
let page: EventTarget;
beforeEach(() => {
  lines = [];
  page = new EventTarget();
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page));
  vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page));
  vi.stubGlobal('fetch', async (_address: string, { headers }: RequestInit) => {
    let speaker: ReadableStreamDefaultController<Uint8Array> | undefined;
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        speaker = controller;
      },
    });
    lines.push({
      after: new Headers(headers).get('last-event-id'),
      say: (text) => speaker?.enqueue(new TextEncoder().encode(text)),
      cut: () => speaker?.error(new Error('the server is gone')),
    });
    return new Response(body);
  });
  vi.spyOn(console, 'info').mockReturnValue();
  onTestFinished(() => {
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
  });
});

/** A page that listens; `heard` are the types that it was told, in their order. */
function listening(): { readonly heard: string[]; readonly live: Live } {
  const [live, heard] = [new Live(), [] as string[]];
  live.hear(({ type }) => void heard.push(type));
  onTestFinished(live.start());
  return { heard, live };
}

const event = (id: string, type: string): string =>
  `id: ${id}\nevent: ${type}\ndata: ${JSON.stringify({ id, type, subject: '', time: '', data: {} })}\n\n`;
const reset = 'baiying.stream.reset.v1';
const connected = (count: number) => expect.poll(() => lines.length).toBe(count);
/** The network is said to be back, so the pause before the next attempt is over. */
async function again(): Promise<void> {
  const before = lines.length;
  lines.at(-1)?.cut();
  await expect
    .poll(() => {
      page.dispatchEvent(new Event('online'));
      return lines.length;
    })
    .toBe(before + 1);
}

test('a line that begins tells everybody to ask anew: what was asked before may be of before', async () => {
  const { heard } = listening();
  await connected(1);
  await expect.poll(() => heard).toEqual([reset]);
  lines[0]?.say(event('5-0', 'baiying.incident.opened.v1'));
  await expect.poll(() => heard).toEqual([reset, 'baiying.incident.opened.v1']);
});

test('a line that is cut before any event came tells so again, since nobody tells what passed meanwhile', async () => {
  const { heard } = listening();
  await connected(1);
  // What a quiet server says: comments, a place without an event, and news that are not kept.
  lines[0]?.say('retry: 2000\n: baiying\n\n: ping\nid: 7-0\n\n');
  lines[0]?.say('event: baiying.unit.moved.v1\ndata: {"type":"baiying.unit.moved.v1"}\n\n');
  await expect.poll(() => heard).toEqual([reset, 'baiying.unit.moved.v1']);
  await again();
  expect(lines[1]?.after).toBeNull();
  await expect.poll(() => heard).toEqual([reset, 'baiying.unit.moved.v1', reset]);
});

test('a line that continues after an event has missed nothing', async () => {
  const { heard } = listening();
  await connected(1);
  lines[0]?.say(event('5-0', 'baiying.incident.opened.v1'));
  await expect.poll(() => heard).toHaveLength(2);
  await again();
  expect(lines[1]?.after).toBe('5-0');
  lines[1]?.say(event('6-0', 'baiying.incident.closed.v1'));
  await expect.poll(() => heard).toEqual([reset, 'baiying.incident.opened.v1', 'baiying.incident.closed.v1']);
});
