import type { HeadFault, HeadsReport } from '../../services/dispatch/heads/compare.ts';
import type { Io } from './io.ts';

/** What the file of heads says against the record, a line for each, and a summary. */
export function describeHeads(
  { file, lines, unreadable, from, to, faults }: HeadsReport,
  io: Io,
): { faults: readonly string[]; summary: string } {
  const { t } = io;
  const span = from === undefined || to === undefined ? '' : t(`, ${from} to ${to}`, `，${from} 至 ${to}`);
  const torn = unreadable.join(', ');
  const remark = torn === '' ? '' : t(`; torn lines, as a power cut leaves: ${torn}`, `；断电造成的残行：${torn}`);
  const verdict = faults.length === 0 ? t('the record fits', '记录与之相符') : t(`${faults.length} do not fit`, `${faults.length} 处不符`);
  return {
    faults: faults.map((fault) => t(`BROKEN  ${said(fault, io)}`, `异常  ${said(fault, io)}`)),
    summary: t(
      `compared with ${lines} signed notes in ${file}${span}: ${verdict}${remark}`,
      `已与 ${file} 中 ${lines} 条签名存证对照${span}：${verdict}`,
    ),
  };
}

function said(fault: HeadFault, io: Io): string {
  const { t } = io;
  switch (fault.what) {
    case 'file':
      return fault.why === 'gone'
        ? t('the file of heads is gone', '存证文件不见了')
        : t('the file of heads does not end as it was left', '存证文件的末尾与写入时不符');
    case 'line':
      return t(`file of heads, line ${fault.line}: `, `存证文件第 ${fault.line} 行：`) + lineWords[fault.why](io);
    case 'audit':
      return t('audit trail: ', '审计记录：') + (fault.why === 'cut' ? cut(fault, io) : rewritten(fault, io));
    case 'incident':
      return t(`incident ${fault.number} (${fault.id}): `, `警情 ${fault.number}（${fault.id}）：`) + incidentWords(fault, io);
    default:
      return fault satisfies never;
  }
}

const lineWords: Readonly<Record<Extract<HeadFault, { what: 'line' }>['why'], (io: Io) => string>> = {
  'out-of-place': ({ t }) => t('it does not follow on the line before it', '与前一行不衔接'),
  'signature-wrong': ({ t }) => t('its signature is wrong', '签名不符'),
  'key-unknown': ({ t }) => t('its key is none of this station', '不是本所的密钥'),
  'key-retired': ({ t }) => t('it is dated after its key was retired', '日期晚于其密钥的停用时间'),
};

interface Span {
  readonly from: number;
  readonly to: number;
  readonly notedAt: string;
}
const cut = ({ from, to, notedAt }: Span, { t }: Io): string =>
  t(`${from} to ${to} were cut off; they were there at ${notedAt}`, `第 ${from} 至 ${to} 条被截去；${notedAt} 时尚在`);
const rewritten = ({ from, to, notedAt }: Span, { t }: Io): string =>
  t(`between ${from} and ${to} it was rewritten since ${notedAt}`, `第 ${from} 至 ${to} 条之间在 ${notedAt} 之后被改写`);

function incidentWords(fault: Extract<HeadFault, { what: 'incident' }>, io: Io): string {
  if (fault.why === 'cut') return cut(fault, io);
  if (fault.why === 'rewritten') return rewritten(fault, io);
  return io.t(`it is gone; it was there at ${fault.notedAt}`, `整件警情不见了；${fault.notedAt} 时尚在`);
}
