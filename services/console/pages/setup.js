/** The one-time token stands behind the #, which browsers send to nobody. */
const token = new URLSearchParams(location.hash.slice(1)).get('token');
const form = document.querySelector('#setup');
const answer = document.querySelector('#answer');

const say = (zh, en) => {
  answer.innerText = `${zh}\n${en}`;
};

if (token === null) say('链接不完整，请使用启动时打印的完整链接。', 'The link is not complete: use the whole line that the start printed.');

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const { username, password, again } = Object.fromEntries(new FormData(form));
  if (password !== again) return say('两次密码不一致。', 'The two passwords differ.');
  try {
    const response = await fetch('/api/v1/setup', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token: token ?? '', username, password }),
    });
    if (response.ok) {
      form.hidden = true;
      return say('账号已创建，现已登录。', 'The account is made, and you are signed in.');
    }
    const problem = await response.json();
    say('未能创建账号：', [problem.title, ...(problem.faults ?? []).map((fault) => fault.message), problem.remedy].join(' '));
  } catch (error) {
    say('连接失败，请重试。', `The connection failed; try again. ${error.message}`);
  }
});
