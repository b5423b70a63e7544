/**
 * One ordinary, stable profile: Chromium's own user agent, the shop's language and time zone, a common screen. Nothing
 * is disguised.
 */
export interface LaunchProfile {
  readonly language: string
  readonly timeZone: string
  /** Where everything goes out, as `host:port` without a name and password; null goes out directly. */
  readonly proxy: string | null
}

const screen = { width: 1_366, height: 768 } as const

/** Arguments of Chromium that hold for every start, here or on a server. */
export function launchArguments({ language, proxy }: LaunchProfile): string[] {
  return [
    `--lang=${language}`,
    `--window-size=${screen.width},${screen.height}`,
    `--screen-info={${screen.width}x${screen.height}}`,
    '--disable-dev-shm-usage',
    // Nothing of a call may go around the proxy; without one it goes out by the ordinary way only.
    '--force-webrtc-ip-handling-policy=disable_non_proxied_udp',
    '--webrtc-ip-handling-policy=disable_non_proxied_udp',
    ...(proxy === null ? [] : proxyArguments(proxy)),
  ]
}

/**
 * The proxy is the only way out: also for this machine's own addresses, and no name is looked up here, so that a
 * connection around the proxy has no address to go to.
 */
function proxyArguments(proxy: string): string[] {
  const host = proxy.replace(/^[a-z0-9]+:\/\//, '').replace(/:\d+$/, '')
  return [
    `--proxy-server=${proxy}`,
    '--proxy-bypass-list=<-loopback>',
    `--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE ${host}`,
    '--disable-quic',
  ]
}

/** The environment of the process: only what Chromium needs, and the shop's time zone. */
export function launchEnvironment(
  { language, timeZone }: LaunchProfile,
  inherited: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const kept = ['PATH', 'HOME', 'DISPLAY', 'XAUTHORITY', 'LD_LIBRARY_PATH', 'FONTCONFIG_PATH', 'TMPDIR']
  const given = kept.flatMap((name) => {
    const value = inherited[name]
    return value === undefined ? [] : [[name, value] as const]
  })
  const locale = language.replace('-', '_')
  return { ...Object.fromEntries(given), TZ: timeZone, LANGUAGE: locale, LANG: `${locale}.UTF-8` }
}
