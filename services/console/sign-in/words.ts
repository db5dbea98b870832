import { bilingual } from '../words/bilingual.ts';

export const signIn = bilingual(
  { title: '登录', username: '用户名', password: '密码', submit: '登录' },
  { title: 'Sign in', username: 'User name', password: 'Password', submit: 'Sign in' },
);
