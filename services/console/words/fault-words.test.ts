import { expect, test } from 'vitest';
import { faultWords } from './fault-words.ts';

const called = (code: string): string => code.toUpperCase();
const say = (key: string, values: Readonly<Record<string, string>>): string => [key, ...Object.values(values)].join(' ');

test.each([
  ['Row 3, column id: key-1 is taken', 'taken key-1'],
  ['Row 3, column siteId: There is no site nowhere', 'noSite nowhere'],
  ['Row 3, column siteId: There is no site 第二医院', 'noSite 第二医院'],
  ['Row 3, column siteId: 2 sites are called 第一 医院: write the id of one', 'namesakes 2 第一 医院'],
  ['Row 4, column id: a is that of row 2 too', 'twice a 2'],
  ['Row 2: The sheet has no rows', 'noRows'],
  ['Row 5, column name: must not be empty', 'empty'],
  ['Row 5, column name: Invalid input: expected string, received undefined', 'empty'],
  ['Row 5, column kind: Invalid option: expected one of "key"|"camera"', 'notAmong KEY, CAMERA'],
  ['Row 1, column site: Unknown heading; there are: id, kind', 'noHeading ID, KIND'],
  ['Row 5, column settings.address: must begin with http:// or https://', 'noHttp'],
  ['Row 5, column settings.port: Too big: expected number to be <=65535', 'most 65535'],
  ['Row 5, column lat: Too small: expected number to be >=-90', 'least -90'],
  ['Too small: expected number to be >0', 'least 0'],
  ['Too big: expected string to have <=200 characters', 'mostCharacters 200'],
  ['Too small: expected string to have >=8 characters', 'leastCharacters 8'],
  ['Too small: expected array to have >=1 items', 'empty'],
  ['Too big: expected array to have <=32 items', 'mostItems 32'],
  ['Invalid input: expected number, received string', 'otherKind NUMBER'],
  ['stations: there is no west', 'gone west'],
  ['there is no camera gate-1', 'gone gate-1'],
  ['must name each id once', 'repeated'],
  ['another address must not get the password of this one: give it again', 'elsewhere'],
  ['what the record holds does not open with this master.key: give it again, or restore the key of the record', 'doesNotOpen'],
  ['Is a name that the product signs with', 'ownName'],
  ['name unitIds or nearest, and only one of them', 'other name unitIds or nearest, and only one of them'],
])('%s', (message, expected) => {
  expect(faultWords(message, say, called)).toBe(expected);
});
