import type { EvidenceView } from '../../store/evidence.ts';

/** The first page of a bundle, for whoever opens it without the product. */
export const readMe = ({ number, exercise }: EvidenceView['incident']): string => `\
百应 · 警情 ${number} 证据包${exercise ? '【演练】' : ''}
Baiying · evidence of incident ${number}${exercise ? ' [EXERCISE]' : ''}

incident.json     警情 / the incident, its cameras and neighbours
timeline.jsonl    时间线，每行一条，逐条哈希相连 / the timeline, one entry a line, each hashed over the one before
signals.jsonl     设备信号 / what devices said
orders.json       指令与逐级回执 / orders with every step of their receipts
broadcasts.json   广播与送达结论 / broadcasts with what is known of each loudspeaker
footage/          图片与录像 / pictures and recordings
station-key.pem   本所公钥 / the station's public key
manifest.json     各文件的 SHA-256，及缺少的文件和原因 / SHA-256 of every part; what is missing, and why
manifest.sig      manifest.json 的 Ed25519 签名 / Ed25519 signature of manifest.json

核对（离线）/ To check, offline:
  npx baiying verify <file> --key <key id>
  或在百应的“核对证据”页面（/console/verify）/ or the page /console/verify of a Baiying
不用百应，只核对签名 / The signature without Baiying:
  openssl pkeyutl -verify -pubin -inkey station-key.pem -rawin -in manifest.json -sigfile manifest.sig

包内的公钥只能说明各文件出自同一把密钥；请另从本所取得密钥编号（GET /api/v1/signing-keys）并比对。
The key in here only shows that all parts come from one hand: get the key id from the station by another way (GET /api/v1/signing-keys).
一条时间线的哈希 / The hash of an entry: SHA-256 of the JSON text, without blanks and with names in order, of
  [incidentId, seq, at, kind, text, reason, by, data, prev]
`;
