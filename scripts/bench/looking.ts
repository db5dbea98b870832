import { judge, type Picture, pictureFaults } from '../../devices/media/looking.ts';
import { render } from '../../devices/media/looking-testing.ts';
import { type Case, cases, referenceViews } from '../../devices/media/looking-testing-cases.ts';
import { figuresOf } from './figures.ts';
import type { Outcome } from './outcome.ts';

/** What is said of synthesised scenes, kind by kind, on so many streets. */
export async function benchLooking({ streets }: { readonly streets: number }): Promise<Outcome> {
  const costs: number[] = [];
  const rows = cases.map((one) => row(one, streets, costs));
  const right = rows.reduce((sum, one) => sum + one.right, 0);
  const falseAlarms = rows.reduce((sum, one) => sum + one.falseAlarms, 0);
  const { p50, p99 } = figuresOf(costs);
  return {
    tables: [
      {
        title: { zh: '画面判断', en: 'what is said of synthesised pictures' },
        head: ['picture', 'should be', 'right', ...answers],
        rows: rows.map(({ cells }) => cells),
      },
      {
        title: { zh: '合计', en: 'together' },
        head: ['pictures', 'right', 'false alarms', 'CPU ms p50', 'p99'],
        rows: [[rows.length * streets, right, falseAlarms, p50, p99]],
      },
    ],
    found: { pictures: rows.length * streets, right, falseAlarms, cpuMs: { p50, p99 } },
  };
}

const answers = ['good', ...pictureFaults] as const;

function row(one: Case, streets: number, costs: number[]): { cells: (string | number)[]; right: number; falseAlarms: number } {
  const counts = new Map<string, number>(answers.map((answer) => [answer, 0]));
  for (let street = 1; street <= streets; street += 1) {
    const picture = pictureOf(one, street);
    const reference = render({ ...referenceViews[one.light], street });
    const before = process.cpuUsage();
    const answer = judge(picture, { light: one.light, reference, previous: [], fixed: true }).finding?.fault ?? 'good';
    costs.push(process.cpuUsage(before).user / 1000);
    counts.set(answer, (counts.get(answer) ?? 0) + 1);
  }
  const right = counts.get(one.fault ?? 'good') ?? 0;
  return { cells: [one.name, one.fault ?? 'good', right, ...counts.values()], right, falseAlarms: one.fault ? 0 : streets - right };
}

const pictureOf = ({ view: { elsewhere, ...view } }: Case, street: number): Picture =>
  render({ ...view, street: elsewhere ? street + 1000 : street, moment: street + 1 });
