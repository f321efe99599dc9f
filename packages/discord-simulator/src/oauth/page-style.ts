import { createHash } from 'node:crypto';

/** The whole looks of the authorize page. */
export const STYLE = `
:root{color-scheme:dark}*{box-sizing:border-box}[hidden]{display:none!important}
body{margin:0;min-height:100vh;display:grid;place-items:center;padding:16px;color:#f2f3f5;font:15px/1.45 system-ui,sans-serif;
background:radial-gradient(circle at 20% 0,#5865f2 0,transparent 45%),radial-gradient(circle at 90% 100%,#9b59d0 0,transparent 40%),#1e1f2b}
main{width:min(480px,100%);max-height:calc(100vh - 32px);display:flex;flex-direction:column;background:#2b2d31;border-radius:12px;
box-shadow:0 12px 40px #0008;overflow:hidden}
header{padding:24px 24px 8px;text-align:center}.logo{width:56px;height:56px;margin:0 auto 12px;border-radius:18px;display:grid;place-items:center;
background:#5865f2;font-size:26px;font-weight:700}
h1{font-size:20px;margin:0 0 6px}.local{margin:0;color:#b5bac1;font-size:13px}
.find{padding:12px 24px}.find label{display:block;font-weight:600;margin-bottom:6px}.find div{display:flex;gap:8px}.find button{flex:none;padding:10px 14px}
#search{flex:1;min-width:0;padding:10px 12px;border:1px solid #4e5058;border-radius:8px;background:#1e1f22;color:inherit;font:inherit}
#search::placeholder{color:#949ba4}
.choice{display:flex;flex-direction:column;flex:1;min-height:0}
.people{overflow-y:auto;padding:0 16px;flex:1;min-height:140px}
fieldset{border:0;margin:0 0 8px;padding:0;min-width:0}legend{padding:8px;font-size:12px;font-weight:700;text-transform:uppercase;letter-spacing:.04em;color:#b5bac1}
legend span{font-weight:400}
.person{display:flex;align-items:center;gap:12px;padding:6px 8px;border-radius:8px;cursor:pointer}
.person:hover{background:#35373c}.person:has(:checked){background:#404249}.person:has(:focus-visible){outline:2px solid #949cf7;outline-offset:-2px}
.person input{accent-color:#5865f2;width:18px;height:18px;margin:0;flex:none}.person img{border-radius:50%;flex:none}
.name{flex:1;min-width:0;display:flex;flex-direction:column}.name b,.name small{overflow:hidden;text-overflow:ellipsis;white-space:nowrap}.name small{color:#b5bac1}
.badge{font-size:12px;font-weight:600;padding:2px 8px;border-radius:10px}.owner{background:#5c4a12;color:#ffe08a}.administrator{background:#343b86;color:#d5d9ff}
.moderator{background:#1f4d36;color:#b9f0d2}
.note{margin:0;padding:0 24px 10px;font-size:13px;color:#b5bac1}.note a,.more a,.pages a{color:#a5adff}a:focus-visible{outline:2px solid #949cf7;outline-offset:2px;border-radius:2px}
.more{margin:0;padding:2px 8px 8px;font-size:13px;color:#b5bac1}.nobody{text-align:center;color:#b5bac1}
.pages{display:flex;justify-content:space-between;gap:12px;padding:8px 24px;font-size:13px;color:#b5bac1;border-top:1px solid #1e1f22}
footer{padding:12px 24px 20px;border-top:1px solid #1e1f22;background:#2b2d31}.scopes h2{font-size:13px;margin:0}.scopes ul{margin:4px 0;padding-left:20px;font-size:13px}
.scopes p{margin:0 0 12px;font-size:13px;color:#b5bac1}
.actions{display:flex;flex-direction:row-reverse;gap:12px}.actions button{flex:1}
button{padding:11px;border:0;border-radius:8px;font:inherit;font-weight:600;color:#fff;background:#4e5058;cursor:pointer}
button.primary{background:#5865f2}button:hover{filter:brightness(1.1)}button:focus-visible,#search:focus-visible{outline:2px solid #949cf7;outline-offset:2px}
.error{padding:32px;text-align:center}.error p{color:#dbdee1}.error code{color:#b5bac1}
@media (max-height:640px){main{max-height:none}.people{overflow:visible}}
@media (max-width:480px){body{padding:8px}main{max-height:calc(100vh - 16px)}header{padding:16px 16px 4px}.logo{width:40px;height:40px;margin-bottom:8px;border-radius:12px;font-size:20px}h1{font-size:17px}.find,.note,.pages,footer{padding-left:16px;padding-right:16px}.people{padding:0 8px}.scopes ul{columns:1;margin:2px 0}}`;

const styleHash = createHash('sha256').update(STYLE).digest('base64');

/** Nothing runs, and nothing is loaded but avatars. `form-action` stays open: browsers hold the redirect to the application against it. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${styleHash}'`,
  "img-src 'self' data:",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');
