import type { Problem } from '../api/client.ts';
import { language } from './index.ts';

/** What a problem means and what to do, in Chinese; in English the problem says so itself. */
const zh: { readonly [Code in Problem['code']]: readonly [title: string, remedy: string] } = {
  'body-invalid': ['填写有误', '请改正下面列出的各项后重新提交。'],
  'body-unreadable': ['提交的内容无法读取', '请使用 UTF-8 的 JSON（页面说明可用表格的地方用 CSV）。'],
  'body-too-large': ['提交的内容太大', '请分批提交；接口页面写有上限。'],
  'media-type-unsupported': ['不接受这种内容类型', '请使用接口页面写明的内容类型。'],
  'credential-missing': ['尚未登录或登录已失效', '请重新登录。'],
  'credential-wrong': ['用户名或密码不对', '请核对后重试；忘记密码请找管理员重设。'],
  'role-missing': ['您的角色不能这样做', '请向管理员申请相应的角色。'],
  'origin-refused': ['请求不是从本系统页面发出的', '请在本系统的页面里操作；程序请使用接口密钥。'],
  'not-found': ['没有找到', '请核对编号，或到列表中查找。'],
  'console-not-built': ['页面还没有生成', '请用 npm start 启动，或运行 npm run build。'],
  'already-exists': ['编号已被使用', '请换一个编号，或修改已有的那一个。'],
  'still-in-use': ['还有别的内容引用它', '请先移走下面说明的内容。'],
  'incident-closed': ['警情已结案', '如有新情况，请新建警情。'],
  'incident-not-yours': ['警情由他人处理', '请先接手，或请当前处理人转交。'],
  'steps-missing': ['处置规程中还有必做步骤未完成', '请完成并勾选下面的步骤；值班长可以写明理由后结案。'],
  'incident-silent': ['现场必须保持安静', '静默警情结案前，该单位不得发声；请选别处的音柱。'],
  'order-ended': ['指令已结束', '如仍需要，请重新派警。'],
  'broadcast-ended': ['广播已结束，或有人正在喊话', '请重新发起广播。'],
  'idempotency-conflict': ['重复提交的标识用在了不同的请求上', '新的请求请使用新的标识。'],
  'idempotency-running': ['同一请求正在办理', '请稍候再试。'],
  'set-up-link-spent': ['首次设置链接已用过或已过期', '请用空的数据目录重新启动，或设置 BAIYING_ADMIN_PASSWORD 进入。'],
  'reset-link-spent': ['重设密码的链接已用过或已过期', '请向管理员索取新的链接。'],
  'handover-settled': ['交接班已签字', '请重新准备一份；已签字的不能再改。'],
  'signer-unfit': ['此人不能在这里签字', '交接班须由两名不同的、账号有效的值班员或值班长分别签字。'],
  'policies-changed': ['策略已被他人修改', '请重新载入，看过改动之后再改。'],
  'demo-unavailable': ['现在不能启动或结束模拟县城', '原因见下面的说明。'],
  'rate-limited': ['请求过于频繁', '请稍候再试。'],
  'record-unavailable': ['数据库暂时不能写入', '没有任何内容被接收，请稍候再提交。'],
  'settings-unfit': ['系统设置中指定的内容不能使用', '请按下面的说明改正后重新启动。'],
  overloaded: ['系统繁忙', '请稍候再试。'],
  'not-implemented': ['这台设备做不到', '请换用有此功能的设备。'],
  'device-unreachable': ['连不上设备', '请检查电源、网线和设备地址后重试。'],
  'device-silent': ['设备没有及时回答', '请重试；仍无回答时，重启设备并检查网络。'],
  'device-refused': ['设备不接受我们的用户名和密码', '请在设备设置里改正；多次输错会被设备锁定。'],
  'device-garbled': ['设备的回答不合协议', '请核对地址和驱动是否对应；重启设备并更新固件。'],
  'device-busy': ['设备的连接已占满', '请关闭占用它的其他程序（设备网页、录像机），或稍候再试。'],
  'device-misconfigured': ['设备需要先调整', '请按下面的说明调整设备的时钟、证书或设置。'],
  'run-under-way': ['这项巡查正在进行', '请继续，或写明理由中止后重新开始。'],
  'run-ended': ['这次巡查不在进行', '请重新开始巡查。'],
  'run-unfinished': ['还有点位没有结论', '请查看下面列出的点位，或写明理由中止。'],
  'finding-stands': ['此点位已经立警', '补充的内容请写在警情的备注里。'],
  'camera-held': ['他人正在操作这台摄像机', '请稍候，或请下面说明的人放手。'],
  'picture-unfit': ['这张画面不能作为标准画面', '请按下面的说明处理，看清画面后重新拍摄。'],
  'media-unavailable': ['本机不能处理视频', '请安装 ffmpeg，或用 FFMPEG_BIN 指定后重新启动。'],
  'test-under-way': ['设备正在测试', '请等待测试结束，最多两分钟。'],
  'radio-without-unit': ['对讲机没有归属警力', '请先在登记中指定警力；指令发给警力。'],
  'account-without-unit': ['您的账号没有绑定警力', '请管理员在账号里指定您的警力。'],
  'unit-without-phone': ['您的警力没有手机端', '请安装人员为该警力登记一台手机（驱动 phone）。'],
  'unit-engaged': ['该警力现在不能测试', '请等待其警情结束，或先让其上岗。'],
  'range-unfit': ['文件没有这一段', '请在文件长度之内取用。'],
  'signing-key-unusable': ['本所的签名密钥不能使用', '请恢复与此记录配套的 master.key，或由管理员更换签名密钥。'],
  'backup-unfit': ['备份文件不能使用', '请换一份或更早的备份；较新版本的备份需要较新的百应。'],
  'record-not-empty': ['数据库里已有内容', '请用 BAIYING_DATA 指定空目录，或加 --force 永久替换。'],
  'record-in-use': ['百应正在使用这个数据库', '请先停止全部进程再试。'],
  internal: ['系统内部出错', '请重试；如仍出现，请把请求编号告诉管理员。'],
};

export interface ProblemWords {
  readonly title: string;
  readonly remedy: string;
  /** What only this case says. */
  readonly detail?: string;
}

export function wordsOf(problem: Problem): ProblemWords {
  const detail = problem.detail === problem.title ? {} : { detail: problem.detail };
  const known = language() === 'zh' ? zh[problem.code] : undefined;
  return known ? { title: known[0], remedy: known[1], ...detail } : { title: problem.title, remedy: problem.remedy, ...detail };
}
