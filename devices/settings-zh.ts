/**
 * The words of the settings in Chinese, by their English. Drivers write their settings once, in English; forms and pages are
 * read in both. A test walks the catalogue and names what is missing here.
 */
const chinese: Readonly<Record<string, string>> = {
  Topic: '主题',
  'First generation: shellies/<model>-<id>. Later ones: the prefix on their MQTT page, <model>-<id> as they come.':
    '第一代：shellies/<型号>-<编号>。之后各代：其 MQTT 页面上的前缀，出厂为 <型号>-<编号>。',
  'What each kind of push means': '各种按法的含义',
  'Emergency where nothing is said.': '未设置的均为紧急。',
  'Input of a first-generation device': '第一代设备的输入方式',
  'As its own page has it: button tells pushes, switch tells how a wired contact stands.':
    '与设备页面一致：button 上报按压，switch 上报接线触点的状态。',
  'Contact at rest': '触点常态',
  'The contact at rest': '触点常态',
  'How the wired contact stands while nobody pushes.': '无人按下时接线触点的状态。',
  Button: '按钮形式',
  'Latching: it stays pushed until somebody resets it by hand.': '自锁：按下后保持，须人工复位。',
  Supply: '供电',
  'On battery it sleeps between pushes.': '电池供电时，两次按下之间处于休眠。',
  Gateway: '网关',
  'Id of the registered gateway that speaks for it; empty where it signs in by itself.': '代其通信的已登记网关的编号；自行登录的留空。',
  'Base topic and friendly name: zigbee2mqtt/<name>.': '基础主题加友好名称：zigbee2mqtt/<名称>。',
  'What each action means': '各动作的含义',
  'By its name in Zigbee2MQTT (single, hold, emergency, sos, …). Emergency where not named.':
    '按 Zigbee2MQTT 中的动作名（single、hold、emergency、sos 等）填写；未列出的均为紧急。',
  'Application id': '应用编号',
  'As it stands in the topic: a UUID.': '与主题中一致，为 UUID。',
  DevEUI: 'DevEUI',
  Model: '型号',
  'What each key of a PB05 means': 'PB05 各按键的含义',
  '%topic% of its MQTT page.': '设备 MQTT 页面上的 %topic%。',
  'Full topic': '完整主题',
  '%prefix%/%topic%/ as it comes, or %topic%/%prefix%/.': '出厂为 %prefix%/%topic%/，或为 %topic%/%prefix%/。',
  Switches: '开关方式',
  'SwitchMode 1 and 2 follow the contact; the others toggle with each push.': 'SwitchMode 1 和 2 跟随触点；其他方式每按一次翻转。',
  'topic_prefix of the node; its name where nobody set another.': '节点的 topic_prefix；未另设时为节点名称。',
  Keys: '按键',
  'Object ids of the binary sensors and events that are keys; all where none is named.':
    '作为报警按键的 binary sensor 和 event 的对象编号；未列出时全部都是。',
  Battery: '电池',
  'Object id of the sensor that tells it in percent.': '以百分比上报电量的传感器的对象编号。',
  'What each event type means': '各事件类型的含义',
  "A binary sensor's is on. Emergency where not named.": 'binary sensor 的事件为 on；未列出的均为紧急。',
  'Device topic prefix of its MQTT page; axis/<serial number> as it comes.': '设备 MQTT 页面上的主题前缀；出厂为 axis/<序列号>。',
  Ports: '端口',
  'To which keys are wired; all where none is named.': '接有报警按钮的端口；未列出时为全部。',
  'Address of the device (http:// or https://)': '设备地址（http:// 或 https://）',
  'Its picture, where it has one: for example rtsp://10.1.2.3/stream1': '画面地址（如有），例如 rtsp://10.1.2.3/stream1',
  'User name': '用户名',
  Password: '密码',
  'SHA-256 fingerprint of its certificate': '证书的 SHA-256 指纹',
  'For https:// with a certificate of its own making.': '用于采用自签证书的 https://。',
  'May send the password readable if the device knows nothing else': '设备不支持其他方式时，允许以明文发送密码',
  'Alarm input': '报警输入',
  'Its number as the device tells it; a recorder counts those of its cameras anew.':
    '设备上报的输入号；录像机会将所接摄像机的输入重新编号。',
  'Base topic': '基础主题',
  'zigbee2mqtt as it comes, application of ChirpStack, or what a bridged broker puts before all.':
    '出厂为 zigbee2mqtt；ChirpStack 为 application；桥接的消息服务为其统一前缀。',
  'Ids of the sites and keys that this camera is called up for, wherever it stands':
    '调用本摄像机的重点单位和报警按钮的编号（不论摄像机在何处）',
  'Looks towards, from true north clockwise': '朝向（从正北顺时针）',
  'Sees an angle of': '视场角',
  'Sees as far as': '可视距离',
  'Which preset (its token) shows which site or key, by id': '各重点单位或报警按钮对应的预置位（按编号填写预置位标识）',
  'Ids of the next cameras along the street; the nearest when not said': '沿街相邻摄像机的编号；未设置时用最近的',
  'Keep the last half minute of its picture; when not said, where its site has a key':
    '保留最近半分钟的画面；未设置时，所在单位有报警按钮的才保留',
  'Device service, for example http://10.1.2.3/onvif/device_service': '设备服务地址，例如 http://10.1.2.3/onvif/device_service',
  'SHA-256 of its certificate; only this one is then trusted (https)': '证书的 SHA-256；填写后只信任该证书（https）',
  'Send the password readable where the camera knows nothing better over http': '摄像机在 http 下不支持更安全的方式时，以明文发送密码',
  'Token of the media profile; the first one when not said': '媒体配置标识；未设置时用第一个',
  'Port of its RTSP server where the camera announces a wrong one': 'RTSP 端口（摄像机上报有误时填写）',
  'Digital inputs that are in use': '使用中的数字输入',
  'Token of the input, as the camera names it; often 0, 00000 or DigitalInput-1':
    '输入标识，与摄像机一致，常见为 0、00000 或 DigitalInput-1',
  'An alarm key is wired here, and what its press is; when not said, the input is a detector':
    '接有报警按钮时，按下的含义；未设置时该输入为探测器',
  'How long one question for events stays open': '每次询问事件的等待时长',
  'Events are asked for by us (when not said), or published to our MQTT broker by the camera itself (Profile M)':
    '事件由本系统询问（未设置时），或由摄像机自行发布到本系统的 MQTT（Profile M）',
  'Address that takes orders (POST)': '接收指令的地址（POST）',
  'Signing secret (Standard Webhooks)': '签名密钥（Standard Webhooks）',
  'Camera that hears it': '能听到它的摄像机',
  'A camera beside it with a microphone: what is said is recorded there and compared, so that a broadcast is proved.':
    '旁边带拾音器的摄像机：播放内容在其处录音比对，以证明广播确已播出。',
  'Loudspeaker to use instead': '备用音柱',
  'Another way to the same place. A warning that failed here is tried there, before the nearest loudspeaker.':
    '覆盖同一地点的另一音柱。本音柱播放失败时先改用它，再用最近的音柱。',
  'Address of the loudspeaker, or multicast group': '音柱地址或组播地址',
  Port: '端口',
  Codec: '编码',
  'G.711: PCMA is A-law, usual in China and Europe; PCMU is µ-law.': 'G.711：PCMA 为 A 律，中国和欧洲常用；PCMU 为 μ 律。',
  'Routers that a multicast packet may pass': '组播包可经过的路由器数',
  'Own address to send from': '本机发送地址',
  'Where this machine has several networks; otherwise the one that routes to the device.': '本机有多个网络时填写；否则用可到达设备的那个。',
  'Stream address of the camera': '摄像机的码流地址',
  'As the camera gives it: rtsp://host:port/path.': '与摄像机提供的一致：rtsp://主机:端口/路径。',
  'Way of the sound': '声音传输方式',
  'tcp passes routers and firewalls; udp is what every camera has.': 'tcp 可穿过路由器和防火墙；udp 所有摄像机都支持。',
  'How the sound is framed': '声音的封装方式',
  'length promises a long body, as older firmware wants it; chunked is HTTP/1.1.':
    'length 预先声明长度，适合旧固件；chunked 为 HTTP/1.1 方式。',
  Channel: '通道',
  'Audio channel': '音频通道',
  'The first that the device lists when empty.': '留空时用设备列出的第一个。',
  'Close the channel before opening it': '打开前先关闭通道',
  'A session that was left open blocks the next one. Also ends whoever else speaks there.':
    '未关闭的会话会占住通道。此项也会中断正在该处讲话的其他人。',
  'Address of the loudspeaker, or of the telephone exchange': '音柱地址或电话交换机地址',
  'Number or name to call': '呼叫的号码或名称',
  'Empty where the loudspeaker answers whatever it is called.': '音柱不论呼叫何号都应答时留空。',
  'SIP domain': 'SIP 域',
  'Where an exchange wants a name of its own after the @.': '交换机要求 @ 之后为其自定名称时填写。',
  'Number or name that calls': '主叫号码或名称',
  'How it is asked to answer by itself': '自动应答方式',
  'Makers differ; all asks in every way.': '各厂商不同；all 为同时采用所有方式。',
  'Longest wait for an answer': '等待应答的最长时间',
  'Other addresses that the sound may go to': '声音可发往的其他地址',
  'Where an exchange lets the sound pass by itself. Otherwise all goes to the address above.':
    '交换机让声音直达终端时填写；否则均发往上面的地址。',
  'Host name or address': '主机名或地址',
};

/** Words of the closed lists. What does not stand here is a name of its own and stays as it is. */
const values: Readonly<Record<string, string>> = {
  emergency: '紧急',
  assist: '协助',
  duress: '胁迫（静默）',
  test: '测试',
  open: '常开',
  closed: '常闭',
  momentary: '自复位',
  latching: '自锁',
  mains: '市电',
  battery: '电池',
  follow: '跟随触点',
  toggle: '每按翻转',
  asked: '由本系统询问',
  published: '由摄像机发布',
  'udp-then-tcp': '先 UDP 后 TCP',
  all: '全部方式',
  none: '不请求',
};

/** A JSON Schema with `titleZh`, `descriptionZh` and, beside each closed list, `enumZh`. */
export function inChinese(schema: object): Record<string, unknown> {
  const told = schema as Readonly<Record<string, unknown>>;
  const parts = Object.entries(told).map(([name, part]) => [name, inside(part)] as const);
  const { title, description, enum: list } = told;
  return {
    ...Object.fromEntries(parts),
    ...(typeof title === 'string' ? { titleZh: chinese[title] ?? title } : {}),
    ...(typeof description === 'string' ? { descriptionZh: chinese[description] ?? description } : {}),
    ...(Array.isArray(list) ? { enumZh: list.map((value) => values[String(value)] ?? String(value)) } : {}),
  };
}

const inside = (part: unknown): unknown => {
  if (Array.isArray(part)) return part.map(inside);
  return typeof part === 'object' && part !== null ? inChinese(part) : part;
};
