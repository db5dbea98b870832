import { expect, test } from 'vitest';
import { auditWords } from '../console/admin/words-audit.ts';
import { auditNouns, auditVerbs } from '../store/audit-acts.ts';

test('there is a word for all that the trail can speak of', () => {
  const wanted = [...auditNouns.map((noun) => `of.${noun}`), ...auditVerbs.map((verb) => `done.${verb}`)];
  const known = Object.keys(auditWords.en).filter((key) => /^(of|done)\./.test(key));
  expect(known.sort()).toEqual(wanted.sort());
});
