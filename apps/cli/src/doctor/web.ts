import { type RequestView, requestViewSchema } from '@guildhall/contracts';
import { type Finding, ok, problem, warning } from './finding.js';

const TIMEOUT_MS = 5_000;
/** From a block that is nobody's. @see https://www.rfc-editor.org/rfc/rfc5737 */
const INVENTED_ADDRESS = '203.0.113.7';

export interface WebSettings {
  webUrl: string;
  serviceToken: string;
}

/** Opens Guildhall as people do, through whatever proxies stand before it, and asks what arrived. */
export async function checkWeb({ webUrl, serviceToken }: WebSettings): Promise<Finding[]> {
  const address = new URL('/api/diagnostics/request', webUrl);
  try {
    const response = await fetch(address, {
      headers: { authorization: `Bearer ${serviceToken}`, 'x-forwarded-for': INVENTED_ADDRESS },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const view = requestViewSchema.safeParse(await response.json().catch(() => null));
    if (!view.success) return [strangerFinding(webUrl, response.status)];
    return [
      ok('Dashboard', `${webUrl} leads to this Guildhall`),
      transportFinding(webUrl),
      ...proxyFindings(webUrl, view.data),
    ];
  } catch (error) {
    const { message, cause } = error as Error;
    const reason = cause instanceof Error && cause.message ? cause.message : message;
    const advice = 'Start Guildhall, and check WEB_URL and the proxy before it.';
    return [problem('Dashboard', `${webUrl} does not answer (${reason})`, advice)];
  }
}

function strangerFinding(webUrl: string, status: number): Finding {
  const advice = 'Something else answers there, or its proxy does not pass /api on: correct WEB_URL or the proxy.';
  return problem('Dashboard', `${webUrl} is not this Guildhall (HTTP ${status})`, advice);
}

function transportFinding(webUrl: string): Finding {
  const { protocol, hostname } = new URL(webUrl);
  if (protocol === 'https:') return ok('HTTPS', 'WEB_URL uses it');
  if (['localhost', '127.0.0.1', '[::1]'].includes(hostname)) return ok('HTTPS', 'not needed on this machine alone');
  const advice = 'Put a proxy with a certificate before Guildhall, and set WEB_URL to its https address.';
  return problem('HTTPS', 'passwords and sessions cross the network in the clear', advice);
}

function proxyFindings(webUrl: string, { ip, protocol, host }: RequestView): Finding[] {
  const wanted = new URL(webUrl);
  const findings: Finding[] = [];
  if (`${protocol}:` !== wanted.protocol) {
    const advice = 'Have the proxy set X-Forwarded-Proto, and name its address in TRUSTED_PROXIES.';
    findings.push(problem('Proxy: protocol', `${wanted.protocol} arrives as ${protocol}:`, advice));
  }
  if (host !== wanted.host) {
    const advice =
      'Have the proxy pass the Host header on, or set X-Forwarded-Host and name its address in TRUSTED_PROXIES.';
    findings.push(warning('Proxy: host', `${wanted.host} arrives as ${host}`, advice));
  }
  if (ip === INVENTED_ADDRESS) {
    const advice = 'Have the proxy overwrite X-Forwarded-For, and let TRUSTED_PROXIES name nothing but proxies.';
    findings.push(problem('Proxy: address', 'anybody can claim to come from any address', advice));
  }
  return findings.length > 0 ? findings : [ok('Proxy', `requests arrive as ${protocol}://${host}, from ${ip}`)];
}
