import { bilingual } from '../words/bilingual.ts';

export const signIn = bilingual(
  {
    title: '登录',
    username: '用户名',
    password: '密码',
    code: '动态码或恢复码',
    submit: '登录',
    refused: '统一身份认证没有通过',
    refusedHint: '请重新开始，或用用户名和密码登录。仍不行时，请管理员检查您的账号和统一身份认证。',
    nobodyYet: '还没有任何账号',
    nobodyYetHint: '请打开百应启动时打印的首次设置链接（…/setup#token=…），一小时内有效。找不到或已过期时，重新启动百应，会再打印一条。',
  },
  {
    title: 'Sign in',
    username: 'User name',
    password: 'Password',
    code: 'Code, or recovery code',
    submit: 'Sign in',
    refused: 'Single sign-on did not let you in',
    refusedHint:
      'Begin again, or sign in with user name and password. If it stays so, the administrator should look at your account and at the issuer.',
    nobodyYet: 'Nobody has an account yet',
    nobodyYetHint:
      'Open the set-up link that Baiying printed when it started (…/setup#token=…); it works for one hour. If it is lost or too old, start Baiying again and it prints another.',
  },
);
