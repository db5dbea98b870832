import { judge, type Picture, pictureFaults } from '../../devices/media/looking.ts';
import { render } from '../../devices/media/looking-testing.ts';
import { type Case, cases, referenceViews } from '../../devices/media/looking-testing-cases.ts';
import { figuresOf, table } from './figures.ts';

/** What is said of synthesised scenes, kind by kind, on so many streets. */
export async function benchLooking({ streets }: { readonly streets: number }): Promise<void> {
  const costs: number[] = [];
  const rows = cases.map((one) => row(one, streets, costs));
  process.stdout.write(
    `${table(
      ['picture', 'should be', 'right', ...answers],
      rows.map(({ cells }) => cells),
    )}\n`,
  );
  const right = rows.reduce((sum, one) => sum + one.right, 0);
  const falseAlarms = rows.reduce((sum, one) => sum + one.falseAlarms, 0);
  const cpu = figuresOf(costs);
  process.stdout.write(
    `${JSON.stringify({ bench: 'looking', pictures: rows.length * streets, right, falseAlarms, cpuMs: { p50: cpu.p50, p99: cpu.p99 } })}\n`,
  );
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
