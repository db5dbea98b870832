import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { down, each, escapeXml, readXml, rewrite, tag, textAt } from './xml.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const read = (text: string) => {
  const answer = readXml(bytes(text));
  if ('fault' in answer) throw new Error(answer.fault);
  return answer.root;
};

describe('reading', () => {
  test('by local names, with attributes and text', () => {
    const root = read('<a:e xmlns:a="urn:1" a:k="1" l="2"><b xmlns="urn:2"> x <![CDATA[<y>]]></b><b>z</b></a:e>');
    expect(root).toMatchObject({ name: 'e', namespace: 'urn:1', attributes: { k: '1', l: '2' } });
    expect(textAt(root, 'b')).toBe('x <y>');
    expect([...each(root, 'b')].map((b) => b.namespace)).toEqual(['urn:2', '']);
    expect(down(root, 'b', 'c')).toBeUndefined();
  });
  test('a prefix that was not declared costs nothing', () => {
    expect(read('<x:e><y:f z:k="v"/></x:e>')).toMatchObject({ name: 'e', children: [{ name: 'f', attributes: { k: 'v' } }] });
  });
  test('the declared encoding, and a byte order mark before it', () => {
    const gb = new Uint8Array([...bytes('<?xml version="1.0" encoding="GB2312"?><a>'), 0xb1, 0xa8, 0xbe, 0xaf, ...bytes('</a>')]);
    expect(readXml(gb)).toMatchObject({ root: { text: '报警' } });
    const utf16 = new Uint8Array([0xff, 0xfe, ...Buffer.from('<a>警</a>', 'utf16le')]);
    expect(readXml(utf16)).toMatchObject({ root: { text: '警' } });
  });
  test.each([
    ['', 'empty document'],
    ['<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', 'has a DTD'],
    ['<a>&b;</a>', 'not XML'],
    ['<a><b></a>', 'not XML'],
    ['<a/><b/>', 'not XML'],
    ['<a', 'not XML'],
    ['plain', 'not XML'],
    ['<?xml version="1.0" encoding="klingon"?><a/>', 'encoding is not known'],
    ['<a>'.repeat(65), 'nested deeper'],
  ])('%.40s is refused: %s', (text, fault) => {
    expect(readXml(bytes(text))).toEqual({ fault: expect.stringContaining(fault) });
  });
  test.each([
    ['50,001 elements', `<r>${'<a/>'.repeat(50_001)}</r>`, 'more than 50000 elements'],
    ['a byte over 1 MiB', '<a/>'.padStart(1024 * 1024 + 1), 'larger than'],
  ])('%s are refused', (_name, text, fault) => {
    expect(readXml(bytes(text))).toEqual({ fault: expect.stringContaining(fault) });
  });
  test('__proto__ is an attribute like any other', () => {
    expect(Object.keys(read('<a __proto__="b"/>').attributes)).toEqual(['__proto__']);
  });
  test('arbitrary bytes never throw', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (any) => void readXml(any)));
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('<', '>', 'a', '/', '"', '=', '&', ';', ' ', '!', '[', ']', '-', '?') }),
        (any) => void readXml(any),
      ),
    );
  });
});

describe('writing', () => {
  test('any text and attribute comes back as it was', () => {
    const writable = fc
      .string({ unit: 'binary' })
      .map((text) => escapeXml(text))
      .map((escaped) => textOf(`<a>${escaped}</a>`));
    fc.assert(
      fc.property(writable, (text) => {
        const root = read(tag('a', { k: text }, text, tag('b', {}, 1)).xml);
        expect([root.attributes['k'], root.text]).toEqual([text, text]);
      }),
    );
  });
  test('control characters do not make a document that nobody can read', () => {
    expect(textOf(tag('a', {}, 'x\u0000\u0007y').xml)).toBe('x\uFFFD\uFFFDy');
  });
  test('what was read is written again with its namespace', () => {
    const axis = read('<p><s:SubscriptionId xmlns:s="http://axis.com" kind="&quot;n&quot;">5 &lt; 6</s:SubscriptionId></p>').children[0];
    const again = read(rewrite(axis ?? read('<none/>'), { more: '1' }).xml);
    expect(again).toMatchObject({
      name: 'SubscriptionId',
      namespace: 'http://axis.com',
      attributes: { kind: '"n"', more: '1' },
      text: '5 < 6',
    });
  });
});

const textOf = (document: string) => read(document).text;
