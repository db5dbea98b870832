import { describe, expect, it } from 'vitest';
import { candidates, findFfmpeg, readVersion } from './ffmpeg.ts';

const debian = 'ffmpeg version 5.1.9-0+deb12u1 Copyright (c) 2000-2025 the FFmpeg developers\nlibavformat    59. 27.100 / 59. 27.100';
const old = 'ffmpeg version 4.4.2-0ubuntu0 Copyright\nlibavformat     58. 76.100';

it.each([
  ['a release', debian, 5],
  ['a build of a tag', 'ffmpeg version n7.0-7-gd38bf5e08e-20240407 Copyright', 7],
  ['a build of 2018 from git', 'ffmpeg version N-92722-gf22fcd4483 Copyright\nlibavformat    58. 23.100 / 58. 23.100', 4],
  ['a dated build', 'ffmpeg version 2024-04-01-git-7bf85d2d3a-full Copyright\nlibavformat    61.  1.100', 7],
  ['an old release', old, 4],
])('%s is of version %#', (_, text, major) => {
  expect(readVersion(text)?.major).toBe(major);
});

it('another program has no version', () => {
  expect(readVersion('GNU bash, version 5.2.15')).toBeUndefined();
});

describe('which one is used', () => {
  const candidate = (program: string, anyVersion = false): { name: string; program: string; anyVersion: boolean } => ({
    name: program,
    program,
    anyVersion,
  });
  const ask = (program: string): Promise<string> => {
    const texts: Record<string, string> = { new: debian, old, shell: 'bash' };
    const text = texts[program];
    return text === undefined ? Promise.reject(Object.assign(new Error('x'), { code: 'ENOEXEC' })) : Promise.resolve(text);
  };

  it('the first that runs and is new enough', async () => {
    expect(
      await findFfmpeg(
        ['missing', 'shell', 'old', 'new'].map((name) => candidate(name)),
        ask,
      ),
    ).toEqual({
      ok: true,
      ffmpeg: { program: 'new', version: '5.1.9-0+deb12u1', timeoutOption: '-timeout' },
    });
  });

  it("an old one of the installer's own choice, told in its own words to end its waiting", async () => {
    expect(await findFfmpeg([candidate('old', true), candidate('new')], ask)).toMatchObject({
      ffmpeg: { program: 'old', timeoutOption: '-stimeout' },
    });
  });

  it('none, with the reason of each', async () => {
    const answer = await findFfmpeg([candidate('missing'), candidate('old')], ask);
    expect(answer).toEqual({ ok: false, why: 'missing does not run (ENOEXEC); old is 4.4.2-0ubuntu0, older than 5' });
    expect(await findFfmpeg([], ask)).toEqual({ ok: false, why: 'no ffmpeg was found' });
  });

  it("the installer's choice goes before the packages", () => {
    expect(candidates('/opt/ffmpeg', '')[0]).toMatchObject({ program: '/opt/ffmpeg', anyVersion: true });
    expect(candidates(undefined, '').every(({ name }) => name.startsWith('the package'))).toBe(true);
  });
});
