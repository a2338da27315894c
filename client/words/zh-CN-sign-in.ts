import type { SignedOut } from '../../shared/contract/live.ts';
import type { Role } from '../../shared/contract/roles.ts';

const roles: Readonly<Record<Role, string>> = {
  dispatcher: '调度员',
  leader: '编组组长',
  officer: '执法队员',
  auxiliary: '执法辅助人员',
  gridWorker: '网格员',
  planner: '网格规划员',
  head: '行政机关负责人',
  legalReviewer: '法制审核员',
  auditor: '审计员',
  administrator: '系统管理员',
  system: '系统',
  public: '公众',
};

const ended: Readonly<Record<SignedOut['reason'], string>> = {
  login_ended: '登录已结束，请重新登录。',
  role_changed: '您的岗位已变更，请重新登录。',
  sockets: '此账号在别处打开了太多窗口，本窗口已断开。',
  flood: '本窗口发送过于频繁，已断开。',
};

/** Sentences of the sign-in, shared by all apps. */
export const signInWords = {
  asking: '正在打开',
  away: '服务器无应答，正在自动重试',
  purpose: '网格巡查与执法派遣',
  name: '账号',
  password: '密码',
  showPassword: '显示或隐藏密码',
  enter: '登录',
  demo: '演示镇的登录',
  demoNote: '数据均为合成，密码公开，一键进入。',
  roles,
  ended,
};
