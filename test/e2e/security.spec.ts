import type { ElectronApplication, Page } from '@playwright/test'
import { expect, test as programTest } from './offline.ts'
import { APP_ORIGIN, CHANNEL_NAMES, EVENT_NAMES, FLEET_PORT } from '#shared/ipc/names.ts'
import { CONTENT_SECURITY_POLICY } from '#electron/security/content-security-policy.ts'

/** The attacks themselves, made from inside the real page of the real program. */

const test = programTest.extend<{ electron: ElectronApplication; window: Page }>({
  // The attacks make the page complain: that is what they are for.
  faultsAreMeant: true,
  electron: ({ app }, use) => use(app.electron),
  window: ({ app }, use) => use(app.window),
})

const HOME = 'app://strikeline/index.html'
const STRANGE = 'https://evil.example/'

/** Everything the page's policy stopped while the action ran. */
async function violations(window: Page, action: () => Promise<unknown>): Promise<string[]> {
  await window.evaluate(() => {
    const seen: string[] = []
    document.addEventListener('securitypolicyviolation', (event) => seen.push(event.effectiveDirective))
    ;(globalThis as unknown as { violations: string[] }).violations = seen
  })
  await action()
  return window.evaluate(() => (globalThis as unknown as { violations: string[] }).violations)
}

async function expectStillHome(window: Page) {
  // A navigation that was let through would have begun by now: this answer comes after it in the same queue.
  const answer = () =>
    window.evaluate(() => new Promise((resolve) => setTimeout(() => resolve('api' in globalThis), 200)))
  // A page that is just being left takes the question along with it.
  await expect(async () => expect(await answer()).toBe(true)).toPass({ timeout: 15_000 })
  expect(window.url().split('#')[0]).toBe(HOME)
}

test.describe('content security policy', () => {
  test('is a header of the page', async ({ electron }) => {
    const header = await electron.evaluate(async ({ BrowserWindow, session }, url) => {
      const response = await session.defaultSession.fetch(url)
      return {
        policy: response.headers.get('content-security-policy'),
        windows: BrowserWindow.getAllWindows().length,
      }
    }, HOME)
    expect(header).toEqual({ policy: CONTENT_SECURITY_POLICY, windows: 1 })
  })

  test('an injected inline script does not run', async ({ window }) => {
    const stopped = await violations(window, () =>
      window.evaluate(() => {
        const script = document.createElement('script')
        script.textContent = 'globalThis.injected = true'
        document.body.append(script)
        const image = document.createElement('img')
        image.setAttribute('onerror', 'globalThis.injected = true')
        image.src = 'data:image/png;base64,eA=='
        document.body.append(image)
        return new Promise((resolve) => setTimeout(resolve, 200))
      }),
    )
    expect(stopped).toEqual(expect.arrayContaining(['script-src-elem', 'script-src-attr']))
    expect(await window.evaluate(() => 'injected' in globalThis)).toBe(false)
  })

  test('text does not become code', async ({ window }) => {
    // In a task of its own: what the inspector evaluates is not under the page's policy.
    const outcome = await window.evaluate(
      () =>
        new Promise<string>((resolve) => {
          setTimeout(() => {
            try {
              resolve(String(globalThis.eval('7')))
            } catch (error) {
              resolve((error as Error).name)
            }
          })
        }),
    )
    expect(outcome).toBe('EvalError')
  })

  test('nothing is fetched, sent or connected, not even to the page’s own origin', async ({ window }) => {
    const stopped = await violations(window, async () => {
      const outcomes = await window.evaluate(async (strange) => {
        const attempt = (work: () => Promise<unknown>) =>
          work().then(
            () => 'done',
            () => 'stopped',
          )
        return [
          await attempt(() => fetch(strange)),
          await attempt(() => fetch(location.href)),
          await attempt(() => fetch('http://127.0.0.1:9/')),
          await attempt(
            () =>
              new Promise((resolve, reject) => {
                const request = new XMLHttpRequest()
                request.onload = resolve
                request.onerror = reject
                request.open('GET', strange)
                request.send()
              }),
          ),
          await attempt(
            () =>
              new Promise((resolve, reject) => {
                const socket = new WebSocket('wss://evil.example/')
                socket.onopen = resolve
                socket.onerror = reject
              }),
          ),
        ]
      }, STRANGE)
      expect(outcomes).toEqual(['stopped', 'stopped', 'stopped', 'stopped', 'stopped'])
    })
    expect(stopped).toEqual(expect.arrayContaining(['connect-src']))
  })

  test('no foreign picture, style, frame, script file or form target', async ({ window }) => {
    const stopped = await violations(window, () =>
      window.evaluate((strange) => {
        const put = (tag: string, attributes: Record<string, string>) => {
          const element = document.createElement(tag)
          for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
          document.body.append(element)
          return element
        }
        put('img', { src: `${strange}a.png` })
        put('link', { rel: 'stylesheet', href: `${strange}a.css` })
        put('iframe', { src: strange })
        put('script', { src: `${strange}a.js` })
        put('object', { data: strange })
        put('div', { style: 'color: red' })
        put('base', { href: strange })
        ;(put('form', { action: strange, method: 'post' }) as HTMLFormElement).submit()
        return new Promise((resolve) => setTimeout(resolve, 300))
      }, STRANGE),
    )
    expect(new Set(stopped)).toEqual(
      new Set([
        'img-src',
        'style-src-elem',
        'style-src-attr',
        'frame-src',
        'script-src-elem',
        'object-src',
        'base-uri',
        'form-action',
      ]),
    )
    await expectStillHome(window)
  })
})

test.describe('the page', () => {
  test('has no Node and no Electron', async ({ window }) => {
    const types = await window.evaluate(() =>
      [
        'require',
        'process',
        'module',
        'exports',
        'Buffer',
        'global',
        '__dirname',
        'electron',
        'ipcRenderer',
      ].map((name) => typeof (globalThis as Record<string, unknown>)[name]),
    )
    expect(new Set(types)).toEqual(new Set(['undefined']))
  })

  test('runs isolated, in the sandbox, without any of Electron’s loosenings', async ({ electron }) => {
    const preferences = await electron.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().map((each) => {
        const contents = each.webContents as unknown as { getLastWebPreferences(): Record<string, unknown> }
        return contents.getLastWebPreferences()
      }),
    )
    expect(preferences).toHaveLength(1)
    expect(preferences[0]).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
    })
    expect(preferences[0]?.['nodeIntegrationInWorker']).not.toBe(true)
    expect(preferences[0]?.['webSecurity']).not.toBe(false)
    expect(preferences[0]?.['allowRunningInsecureContent']).not.toBe(true)
    expect(preferences[0]?.['experimentalFeatures']).not.toBe(true)
    expect(preferences[0]?.['enableBlinkFeatures'] ?? '').toBe('')
  })

  test('window.api is the contract, no more, and cannot be changed', async ({ window }) => {
    const keys = await window.evaluate(() => {
      const api = (globalThis as unknown as { api: Record<string, Record<string, unknown>> }).api
      return {
        calls: Object.entries(api)
          .filter(([group]) => group !== 'on')
          .flatMap(([group, verbs]) => Object.keys(verbs).map((verb) => `${group}.${verb}`)),
        events: Object.keys(api['on']!),
        kinds: [
          ...new Set(Object.values(api).flatMap((verbs) => Object.values(verbs).map((verb) => typeof verb))),
        ],
        frozen: [api, ...Object.values(api)].every((each) => Object.isFrozen(each)),
      }
    })
    expect(keys.calls.toSorted()).toEqual([...CHANNEL_NAMES].toSorted())
    expect(keys.events.toSorted()).toEqual([...EVENT_NAMES].toSorted())
    expect(keys.kinds).toEqual(['function'])
    expect(keys.frozen).toBe(true)

    const changed = await window.evaluate(() => {
      const page = globalThis as unknown as { api: { fleet: { read: unknown } } }
      const [api, read] = [page.api, page.api.fleet.read]
      const attempts = [
        () => (page.api = { fleet: { read: null } }),
        () => (page.api.fleet.read = null),
        () => Object.defineProperty(page, 'api', { value: null }),
        () => delete (page as unknown as Record<string, unknown>)['api'],
      ]
      for (const attempt of attempts) {
        try {
          attempt()
        } catch {
          // Refusing aloud is as good as refusing silently.
        }
      }
      return page.api !== api || page.api.fleet.read !== read
    })
    expect(changed).toBe(false)
  })

  test('an event brings its payload and nothing of Electron; the subscription ends', async ({
    electron,
    window,
  }) => {
    await window.evaluate(() => {
      const page = globalThis as unknown as {
        api: { on: Record<string, (callback: (...args: unknown[]) => void) => () => void> }
        heard: unknown[][]
        end: () => void
      }
      page.heard = []
      page.end = page.api.on['task.progress']!((...args) => page.heard.push(args))
    })
    const send = () =>
      electron.evaluate(({ BrowserWindow }) => {
        const [main] = BrowserWindow.getAllWindows()
        main?.webContents.send('task.progress', { task: 'import', done: 1, total: 2 })
      })
    const heard = () => window.evaluate(() => (globalThis as unknown as { heard: unknown[][] }).heard)
    await send()
    await expect.poll(heard).toEqual([[{ task: 'import', done: 1, total: 2 }]])
    await window.evaluate(() => (globalThis as unknown as { end: () => void }).end())
    await send()
    // A call answered after the second event shows that the event had its chance.
    await window.evaluate(() =>
      (globalThis as unknown as { api: { app: { about(x: object): unknown } } }).api.app.about({}),
    )
    expect(await heard()).toHaveLength(1)
  })

  test('a bad input is refused by name, a bad channel cannot be named', async ({ window }) => {
    const results = await window.evaluate(async () => {
      const { api } = globalThis as unknown as {
        api: Record<
          string,
          Record<string, (...args: unknown[]) => Promise<{ ok: boolean; error?: { code: string } }>>
        >
      }
      return [
        await api['fleet']!['read']!({ have: null, extra: 1 }),
        await api['fleet']!['read']!('fleet.undo', 'settings.read'),
        await api['app']!['openLink']!({ link: 'https://evil.example/' }),
        await api['app']!['openLink']!({ link: 'constructor' }),
        await api['fleet']!['removeMachines']!({ keys: [-1] }),
      ]
    })
    for (const result of results) expect(result).toMatchObject({ ok: false, error: { code: 'bad-input' } })
  })
})

test.describe('the fleet port', () => {
  /** Loads the page again with an ear on everything that reaches its window, and gives what was heard. */
  async function heardAfterReload(window: Page) {
    await window.addInitScript(() => {
      const heard: unknown[] = []
      ;(globalThis as unknown as { heard: unknown[] }).heard = heard
      addEventListener('message', ({ source, origin, data, ports }: MessageEvent<unknown>) =>
        heard.push({ own: source === globalThis.window, origin, data, ports: ports.length }),
      )
    })
    await window.reload()
    const heard = () => window.evaluate(() => (globalThis as unknown as { heard: unknown[] }).heard)
    await expect.poll(heard).not.toEqual([])
    return heard
  }

  test('is handed over once for each page, and nothing else reaches the window with it', async ({
    electron,
    window,
  }) => {
    const heard = await heardAfterReload(window)
    const once = [{ own: true, origin: APP_ORIGIN, data: FLEET_PORT, ports: 1 }]
    expect(await heard()).toEqual(once)
    // What would be a second one, from the main process itself, ends in the preload.
    await electron.evaluate(({ BrowserWindow, MessageChannelMain }, name) => {
      const { port1 } = new MessageChannelMain()
      BrowserWindow.getAllWindows()[0]?.webContents.postMessage(name, null, [port1])
    }, FLEET_PORT)
    await window.evaluate(() =>
      (globalThis as unknown as { api: { app: { about(x: object): unknown } } }).api.app.about({}),
    )
    expect(await heard()).toEqual(once)
  })

  test('goes to no page that is not ours', async ({ electron, window }) => {
    const sent = await electron.evaluate(async ({ BrowserWindow }) => {
      const [main] = BrowserWindow.getAllWindows()
      const { webContents } = main!
      const names: string[] = []
      const post = webContents.postMessage.bind(webContents)
      webContents.postMessage = (channel, ...rest) => {
        names.push(webContents.getURL())
        post(channel, ...rest)
      }
      const back = new Promise<void>((resolve) => {
        webContents.on('dom-ready', () => webContents.getURL().startsWith('app:') && resolve())
      })
      await webContents.executeJavaScript('setTimeout(() => (location.href = "about:blank"))')
      await back
      return names
    })
    expect(sent).toEqual([HOME])
    await expectStillHome(window)
  })

  test('a port that the page’s own script sends is not the one that machines come through', async ({
    window,
  }) => {
    const rows = await window.evaluate(async (name) => {
      const { port1, port2 } = new MessageChannel()
      const sent: unknown[] = []
      port2.onmessage = ({ data }) => sent.push(data)
      globalThis.postMessage(name, location.origin, [port1])
      const { api } = globalThis as unknown as {
        api: { fleet: Record<string, (input: object) => Promise<{ value: { rows: number } }>> }
      }
      await api.fleet['loadSample']!({})
      await api.fleet['read']!({ have: null })
      return sent.length
    }, FLEET_PORT)
    expect(rows).toBe(0)
    await expect(window.getByRole('treegrid', { name: 'Fleet' })).toBeVisible()
  })
})

test.describe('navigation', () => {
  const TARGETS = [
    STRANGE,
    'http://127.0.0.1:9/',
    'app://strikeline/print.html',
    'app://strikeline/../../etc/passwd',
    'app://other/index.html',
    'file:///etc/passwd',
    'data:text/html,<h1>x</h1>',
    'blob:app://strikeline/0',
    'chrome://gpu',
    'devtools://devtools/bundled/inspector.html',
    'view-source:app://strikeline/index.html',
  ]

  test('by location, by link and by a link to a new window', async ({ electron, window }) => {
    for (const target of TARGETS) {
      await test.step(target, async () => {
        await window.evaluate((url) => {
          location.href = url
        }, target)
        await expectStillHome(window)
        await window.evaluate((url) => {
          const link = document.createElement('a')
          link.href = url
          document.body.append(link)
          link.click()
          link.target = '_blank'
          link.click()
          link.remove()
        }, target)
        await expectStillHome(window)
        expect(await electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
      })
    }
  })

  test('an empty document, which Chromium lets through, gives the page back', async ({ window }) => {
    const back = window.waitForEvent('load', { predicate: () => window.url() === HOME })
    await window.evaluate(() => {
      setTimeout(() => (location.href = 'about:blank'))
    })
    await back
    await expectStillHome(window)
  })

  test('by a javascript: address and a meta refresh', async ({ window }) => {
    await window.evaluate((strange) => {
      location.href = 'javascript:globalThis.injected = true'
      const meta = document.createElement('meta')
      meta.httpEquiv = 'refresh'
      meta.content = `0;url=${strange}`
      document.head.append(meta)
    }, STRANGE)
    await expectStillHome(window)
    expect(await window.evaluate(() => 'injected' in globalThis)).toBe(false)
  })

  test('a new window is not opened', async ({ electron, window }) => {
    const opened = await window.evaluate(
      (urls) => urls.map((url) => globalThis.open(url) === null),
      ['', 'about:blank', HOME, STRANGE, 'file:///etc/passwd'],
    )
    expect(opened).toEqual([true, true, true, true, true])
    expect(await electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
  })

  test('a webview does not attach', async ({ electron, window }) => {
    await window.evaluate((strange) => {
      const view = document.createElement('webview')
      view.setAttribute('src', strange)
      view.setAttribute('nodeintegration', '')
      document.body.append(view)
    }, STRANGE)
    await expectStillHome(window)
    const contents = await electron.evaluate(({ webContents }) =>
      webContents.getAllWebContents().map((each) => each.getType()),
    )
    expect(contents).toEqual(['window'])
  })
})

test('permissions: one, and no device', async ({ window }) => {
  const outcomes = await window.evaluate(async () => {
    const outcome = (work: () => Promise<unknown>) => {
      try {
        return work().then(
          () => 'given',
          () => 'denied',
        )
      } catch {
        return Promise.resolve('denied')
      }
    }
    const state = async (name: string) =>
      (await navigator.permissions.query({ name } as PermissionDescriptor)).state
    return {
      geolocation: await outcome(
        () => new Promise((resolve, reject) => navigator.geolocation.getCurrentPosition(resolve, reject)),
      ),
      notification: await Notification.requestPermission(),
      microphone: await outcome(() => navigator.mediaDevices.getUserMedia({ audio: true })),
      camera: await outcome(() => navigator.mediaDevices.getUserMedia({ video: true })),
      screen: await outcome(() => navigator.mediaDevices.getDisplayMedia()),
      readClipboard: await outcome(() => navigator.clipboard.readText()),
      writeClipboard: await state('clipboard-write'),
      states: await Promise.all(
        ['geolocation', 'notifications', 'camera', 'microphone', 'clipboard-read'].map(state),
      ),
    }
  })
  expect(outcomes).toEqual({
    geolocation: 'denied',
    notification: 'denied',
    microphone: 'denied',
    camera: 'denied',
    screen: 'denied',
    readClipboard: 'denied',
    writeClipboard: 'granted',
    states: ['denied', 'denied', 'denied', 'denied', 'denied'],
  })
})

test('app:// gives the built files only', async ({ electron }) => {
  const statuses = await electron.evaluate(async ({ session }) => {
    const ask = async (url: string, method = 'GET') =>
      session.defaultSession.fetch(url, { method }).then(
        ({ status }) => status,
        () => 'refused',
      )
    return {
      page: await ask('app://strikeline/index.html'),
      others: await Promise.all([
        ask('app://strikeline/'),
        ask('app://strikeline/../main/index.js'),
        ask('app://strikeline/%2e%2e/main/index.js'),
        ask('app://strikeline/..%2fmain%2findex.js'),
        ask('app://strikeline/%252e%252e/main/index.js'),
        ask('app://strikeline/..\\main\\index.js'),
        ask('app://strikeline/index.html%00'),
        ask('app://strikeline//etc/passwd'),
        ask('app://strikeline/absent.html'),
        ask('app://other/index.html'),
        ask('app://strikeline/index.html', 'POST'),
      ]),
    }
  })
  expect(statuses.page).toBe(200)
  for (const status of statuses.others) expect([404, 'refused']).toContain(status)
})

test('a tour of the screens asks for nothing but the program’s own files', async ({ electron, window }) => {
  await electron.evaluate(({ BrowserWindow }) => {
    const [main] = BrowserWindow.getAllWindows()
    const asked: string[] = []
    ;(globalThis as unknown as { asked: string[] }).asked = asked
    const { debugger: inspector } = main!.webContents
    inspector.attach('1.3')
    inspector.on('message', (_event, method, parameters: { request?: { url: string } }) => {
      if (method === 'Network.requestWillBeSent') asked.push(parameters.request?.url ?? '')
    })
    return inspector.sendCommand('Network.enable')
  })
  await window.reload()
  for (const command of ['go-today', 'go-sites', 'go-data', 'go-settings', 'go-today']) {
    await electron.evaluate(({ BrowserWindow }, sent) => {
      BrowserWindow.getAllWindows()[0]?.webContents.send('menu.command', { command: sent })
    }, command)
    await window.evaluate(
      () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 100))),
    )
  }
  const asked = await electron.evaluate(() => (globalThis as unknown as { asked: string[] }).asked)
  expect(asked).toContain(HOME)
  expect(asked.filter((url) => !url.startsWith('app://strikeline/') && !url.startsWith('data:'))).toEqual([])
})
