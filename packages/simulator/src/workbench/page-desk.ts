import { z } from 'zod'
import type { IncomingOptions } from '../control.ts'
import { framesLike, scanAnywhere } from './control-api.ts'
import type { Workbench } from './control-api.ts'
import { controlShapes, RuleShape, TraitsShape } from './control-shapes.ts'
import { html } from './html.ts'
import * as sections from './page-sections.ts'
import { pageStyle } from './page-style.ts'
import { RequestRefused } from './request-guard.ts'
import type { FailureRule } from '../failure-rule.ts'

const framesShown = 100
const sendersShown = 40

/** The page with everything in reach. */
export async function showPage(
  { network, standIns, recent, url }: Workbench,
  query: URLSearchParams,
): Promise<string> {
  const { control } = network
  const all = await control.senders()
  const shown = all.slice(0, sendersShown)
  const word = (query.get('frames') ?? '').slice(0, 200)
  const number = query.get('number') ?? ''
  const isNumber = controlShapes.person.safeParse([number]).success
  const asked = isNumber ? { number, person: await control.person(number) } : null
  const done = query.get('done')?.slice(0, 200)
  const found = recent.list(framesLike({ senderId: null, word }), framesShown)
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Simulated WhatsApp</title>
        ${pageStyle}
      </head>
      <body>
        <header>
          <h1>Simulated WhatsApp</h1>
          <a href="/">Look again</a><a href="/v1/servers">As JSON</a>
        </header>
        <main>
          <p class="notice">
            Whoever reaches this page rules the simulated world. Keep it on this machine. No message from here
            reaches a real phone.
          </p>
          ${done === undefined ? '' : html`<p class="done" role="status">${done}</p>`}
          ${sections.figures(await control.counts())}${sections.senders(all, shown)}
          <div class="grid">
            ${sections.writing(all)}${sections.failures(all, await control.rules())}${sections.people(await control.people(), asked)}${sections.scanning()}${sections.servers(url, standIns)}
          </div>
          <br />${sections.frames(found, word, framesShown)}${sections.senderNames(shown)}
        </main>
      </body>
    </html>`
  return page.text
}

type Form = Readonly<Record<string, string>>

/** One-pixel pictures and the like: enough for a client to fetch and show. */
const samples: Readonly<Record<string, NonNullable<IncomingOptions['media']>>> = {
  image: {
    kind: 'image',
    mimeType: 'image/png',
    fileName: null,
    dataBase64:
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  },
  document: {
    kind: 'document',
    mimeType: 'text/plain',
    fileName: 'catatan.txt',
    dataBase64: Buffer.from('Catatan dari jaringan simulasi').toString('base64'),
  },
  audio: {
    kind: 'audio',
    mimeType: 'audio/ogg',
    fileName: null,
    dataBase64: Buffer.from('OggS').toString('base64'),
  },
}

function optional(value: string | undefined): string | undefined {
  return value === undefined || value.trim() === '' ? undefined : value.trim()
}

async function write({ network }: Workbench, form: Form): Promise<string> {
  const media = samples[form['with'] ?? '']
  const text = form['text'] ?? ''
  const buttonId = optional(form['buttonId'])
  const options = {
    ...(media ? { media } : {}),
    ...(buttonId === undefined ? {} : { button: { id: buttonId, title: text } }),
  }
  const senderId = form['senderId'] ?? ''
  const from = optional(form['from']) ?? ''
  controlShapes.incoming.parse([senderId, from, text, options])
  await network.control.incoming(senderId, from, text, options)
  return 'Written.'
}

const ends: Readonly<Record<string, (reason: string | undefined) => unknown>> = {
  refused: (reason) => ({ kind: 'refused', reason }),
  refused_late: (reason) => ({ kind: 'refused_late', reason }),
  not_sent: () => ({ kind: 'not_sent' }),
  unknown_shown: () => ({ kind: 'unknown', shown: true }),
  unknown_lost: () => ({ kind: 'unknown', shown: false }),
  hangs: () => ({ kind: 'hangs', shown: false }),
}

async function addRule({ network }: Workbench, form: Form): Promise<string> {
  const count = optional(form['count'])
  const rule = RuleShape.parse({
    senderId: optional(form['senderId']),
    to: optional(form['to']),
    count: count === undefined ? undefined : Number(count),
    end: ends[form['end'] ?? '']?.(form['reason']),
  })
  await network.control.addRule(withoutGaps(rule) as unknown as FailureRule)
  return 'The failure is planned.'
}

function withoutGaps(value: object): object {
  return Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined))
}

async function tellPerson({ network }: Workbench, form: Form): Promise<string> {
  const onWhatsApp = optional(form['onWhatsApp'])
  const traits = TraitsShape.parse({
    onWhatsApp: onWhatsApp === undefined ? undefined : onWhatsApp === 'true',
    habit: optional(form['habit']),
    reading: optional(form['reading']),
  })
  const number = optional(form['number']) ?? ''
  controlShapes.person.parse([number])
  await network.control.setPerson(number, withoutGaps(traits))
  return 'The person was told.'
}

async function scan(workbench: Workbench, form: Form): Promise<string> {
  const data = optional(form['data']) ?? ''
  const phone = optional(form['phone'])
  const senderId = optional(form['senderId'])
  if (phone !== undefined && !/^\+\d{7,15}$/.test(phone))
    throw new RequestRefused(400, 'A number begins with "+"')
  const wish = {
    data,
    ...(phone === undefined ? {} : { phone }),
    ...(senderId === undefined ? {} : { senderId }),
  }
  return `Scanned: ${await scanAnywhere(workbench, wish)}.`
}

async function useShown(workbench: Workbench, form: Form, what: 'qr' | 'typedCode'): Promise<string> {
  const { control } = workbench.network
  const senderId = form['senderId'] ?? ''
  const code = (await control.senders()).find((sender) => sender.senderId === senderId)?.[what]
  if (code == null) return 'That sender shows no code now.'
  const use = what === 'qr' ? control.scan : control.enterCode
  return `Paired with the code: ${await use(senderId, code)}.`
}

const senderActions = {
  break: (control, senderId) => control.goOffline(senderId, 5_000),
  offline: (control, senderId) => control.goOffline(senderId),
  'come-back': (control, senderId) => control.comeBack(senderId),
  restrict: (control, senderId) => control.restrict(senderId),
  pardon: (control, senderId) => control.pardon(senderId),
  'log-out': (control, senderId) => control.logOut(senderId),
  ban: (control, senderId) => control.ban(senderId),
} as const satisfies Record<
  string,
  (control: Workbench['network']['control'], senderId: string) => Promise<void>
>

async function actOnSender(
  { network }: Workbench,
  name: keyof typeof senderActions,
  form: Form,
): Promise<string> {
  const senderId = z.string().min(1).max(200).parse(form['senderId'])
  const isKnown = (await network.control.senders()).some((sender) => sender.senderId === senderId)
  if (!isKnown) throw new RequestRefused(404, 'There is no such sender')
  await senderActions[name](network.control, senderId)
  return `Done: ${name.replace('-', ' ')}, ${senderId}.`
}

function isSenderAction(name: string): name is keyof typeof senderActions {
  return Object.hasOwn(senderActions, name)
}

async function act(workbench: Workbench, name: string, form: Form): Promise<string> {
  if (isSenderAction(name)) return actOnSender(workbench, name, form)
  switch (name) {
    case 'write':
      return write(workbench, form)
    case 'rule':
      return addRule(workbench, form)
    case 'clear-rules':
      await workbench.network.control.clearRules()
      return 'No failure is planned any more.'
    case 'person':
      return tellPerson(workbench, form)
    case 'scan':
      return scan(workbench, form)
    case 'scan-shown':
      return useShown(workbench, form, 'qr')
    case 'enter-shown':
      return useShown(workbench, form, 'typedCode')
    default:
      throw new RequestRefused(404, 'There is no such action')
  }
}

/**
 * Does what a form of the page asks.
 *
 * @returns where the page is shown again. @throws RequestRefused, ZodError
 */
export async function actOnPage(workbench: Workbench, name: string, form: URLSearchParams): Promise<string> {
  const done = await act(workbench, name, Object.fromEntries(form))
  return `/?${new URLSearchParams({ done }).toString()}`
}
