/** Ways of service as the proof of service (送达回证) names them. */
export const serviceModes = {
  handed: '直接送达',
  posted: '张贴',
  left: '留置送达',
  mail: '邮寄送达',
  electronic: '电子送达',
  announcement: '公告送达',
} as const;
