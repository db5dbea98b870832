import type { Chance } from './random.ts';

/** Names by rule from lists of words. County, towns, roads, banks and persons are invented: none of them is anywhere. */

export const countyName = '禾安县';

const heads = [...'青云松竹梅岚溪澄锦瑞晴霞枫棠芦荻沐朗恒皓'];
const townTails = [...'岚浦埠圩墩屿畈堰'];
const roadTails = [...'禾谷穗泽苑栖麓沁'];
const roadKinds = ['路', '路', '路', '街', '街', '大道', '巷'] as const;
const luck = [...'祥顺惠福裕隆嘉泰昌鑫和兴宏盛'];
const luckTails = [...'达康禾源悦佳宁美辉汇'];
const families = [...'周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕施张孔曹严'];
const given = ['建国', '志强', '秀兰', '晓梅', '立新', '海燕', '文博', '雨桐', '国庆', '春生', '丽华', '永康', '思远', '佳怡'];
export const numerals = ['一', '二', '三', '四', '五', '六'] as const;

/** So many different names of one rule. @throws RangeError when the word lists cannot give that many */
function different(count: number, make: () => string): string[] {
  const names = new Set<string>();
  for (let tries = 0; names.size < count; tries += 1) {
    if (tries > count * 200) throw new RangeError(`the word lists do not give ${count} different names`);
    names.add(make());
  }
  return [...names];
}

export const townNames = (draw: Chance, count: number): string[] => different(count, () => draw.pick(heads) + draw.pick(townTails));

export const roadNames = (draw: Chance, count: number): string[] =>
  different(count, () => draw.pick(heads) + draw.pick(roadTails) + draw.pick(roadKinds));

export const personName = (draw: Chance): string => draw.pick(families) + draw.pick(given);

const brand = (draw: Chance): string => draw.pick(luck) + draw.pick(luckTails);

interface Place {
  readonly town: string;
  readonly road: string;
}

interface SiteKind {
  readonly kind: string;
  readonly weight: number;
  readonly keyAt: string;
  readonly duty: string;
  name(draw: Chance, place: Place): string;
}

/** What stands in a county, as often as it stands there; where its key is, and who looks after it. */
export const siteKinds: readonly SiteKind[] = [
  {
    kind: 'school',
    weight: 90,
    keyAt: '门卫室',
    duty: '安全主任',
    name: (draw, { town }) =>
      `${town}${draw.pick(['第一', '第二', '第三', '实验', '中心', '育才'])}${draw.pick(['小学', '初级中学', '学校'])}`,
  },
  {
    kind: 'kindergarten',
    weight: 60,
    keyAt: '门卫室',
    duty: '园长',
    name: (draw) => `${brand(draw)}${draw.pick(['幼儿园', '艺术幼儿园'])}`,
  },
  {
    kind: 'hospital',
    weight: 45,
    keyAt: '急诊分诊台',
    duty: '保卫科长',
    name: (draw, { town }) => draw.pick([`${town}卫生院`, `${town}中心医院`, `${brand(draw)}医院`, `${brand(draw)}门诊部`]),
  },
  {
    kind: 'bank',
    weight: 65,
    keyAt: '柜台',
    duty: '网点主任',
    name: (draw, { road }) => `${draw.pick(['禾安农商银行', '惠禾银行', '裕民银行'])}${road}${draw.pick(['支行', '分理处'])}`,
  },
  { kind: 'fuel-station', weight: 40, keyAt: '收银台', duty: '站长', name: (draw, { road }) => `${brand(draw)}${road}加油站` },
  {
    kind: 'mall',
    weight: 35,
    keyAt: '总服务台',
    duty: '值班经理',
    name: (draw) => `${brand(draw)}${draw.pick(['购物中心', '超市', '商场'])}`,
  },
  { kind: 'hotel', weight: 25, keyAt: '前台', duty: '值班经理', name: (draw) => `${brand(draw)}${draw.pick(['宾馆', '大酒店'])}` },
  {
    kind: 'government',
    weight: 20,
    keyAt: '值班室',
    duty: '值班员',
    name: (draw, { town }) => `${town}${draw.pick(['便民服务中心', '综合服务大厅', '人力资源所'])}`,
  },
  {
    kind: 'bus-station',
    weight: 10,
    keyAt: '售票厅',
    duty: '站务长',
    name: (draw, { town }) => `${town}${draw.pick(['客运站', '公交枢纽站'])}`,
  },
  { kind: 'jewellery', weight: 10, keyAt: '柜台', duty: '店长', name: (draw) => `${brand(draw)}珠宝行` },
];

export const sides = ['东', '南', '西', '北'] as const;
export const cameraBodies = ['枪机', '枪机', '球机', '全景'] as const;
export const siteSpots = ['大门', '大厅', '停车场', '后门', '围墙东侧', '围墙西侧', '走廊', '楼梯口', '收发室', '库房'] as const;

/** Area code 0000 is given to no place, so nobody's telephone rings. */
export const telephone = (draw: Chance): string => `0000-555${String(draw.whole(0, 9999)).padStart(4, '0')}`;
