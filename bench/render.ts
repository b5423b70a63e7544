import Handlebars from 'handlebars'
import { Liquid } from 'liquidjs'
import Mustache from 'mustache'
import { createMessageRenderer } from '../apps/server/src/features/campaigns/index.ts'
import type { RenderContact, RunContent } from '../apps/server/src/features/campaigns/index.ts'
import { median, rounded } from './bench.ts'
import type { Bench } from './bench.ts'

/** Renders person number `index`; the length keeps the work from being optimised away. */
type Engine = (index: number) => number

const people = 10_000
const roundMs = 300

const contacts: RenderContact[] = Array.from({ length: people }, (_, index) => ({
  fullName: `Budi Santoso ${index}`,
  firstName: 'Budi',
  lastName: `Santoso ${index}`,
  phone: `+62812${String(index).padStart(7, '0')}`,
  email: null,
  company: `Toko ${index % 90}`,
  language: 'id',
  custom: { kota: `Kota ${index % 500}` },
}))
const seeds = contacts.map((_, index) => `rcp_${String(index).padStart(32, '0')}`)
const values = contacts.map((contact) => ({
  name: contact.fullName,
  kota: contact.custom['kota'],
  perusahaan: contact.company,
  persen: '20',
}))
const closing = 'hari ini saja. Balas STOP untuk berhenti.'
const plainText = `Halo {{name}}, ada kabar baik dari {{perusahaan}} di {{kota}}: diskon {{persen}}% ${closing}`

function siar(): Engine {
  const content: RunContent = {
    templateId: 'tpl',
    templateName: 'Promo',
    texts: {
      id: `{Halo|Hai {Kak|Sahabat}|Selamat {pagi|siang}} {name}, {ada kabar baik|{kami punya|ini dia} promo} dari {perusahaan} di {kota}: {diskon|potongan} {persen}% ${closing}`,
    },
    footer: '',
    media: null,
    variables: { persen: '20' },
    customKeys: ['kota'],
    language: 'id',
  }
  const made = createMessageRenderer(content, { optOut: () => '' })
  if (!made.ok) throw new Error('the template of the benchmark is wrong')
  return (index) => {
    const { text } = made.renderer.render(contacts[index] as RenderContact, seeds[index] as string)
    if (text === undefined) throw new Error('a value is missing')
    return text.length
  }
}

function liquid(): Engine {
  const engine = new Liquid()
  const parsed = engine.parse(plainText)
  return (index) => String(engine.renderSync(parsed, values[index])).length
}

function handlebars(): Engine {
  const compiled = Handlebars.compile(plainText, { noEscape: true })
  return (index) => compiled(values[index]).length
}

function mustache(): Engine {
  Mustache.parse(plainText)
  const asIs = { escape: String }
  return (index) => Mustache.render(plainText, values[index], undefined, asIs).length
}

const engines: Record<string, Engine> = {
  siar: siar(),
  liquidjs: liquid(),
  handlebars: handlebars(),
  mustache: mustache(),
}

function measure(engine: Engine): number {
  let rendered = 0
  let characters = 0
  const startedAt = performance.now()
  while (performance.now() - startedAt < roundMs) {
    for (let index = 0; index < 1_000; index += 1) characters += engine((rendered + index) % people)
    rendered += 1_000
  }
  if (characters < rendered) throw new Error('nothing was rendered')
  return (rendered * 1000) / (performance.now() - startedAt)
}

/** Claim: personalising with nested spintax is no slower than the fastest well-known engine with variables alone. */
export const bench: Bench = {
  claim: 'render',
  run: (args) => {
    const runs = args.number('runs', 9)
    const found = new Map<string, number[]>(Object.keys(engines).map((name) => [name, []]))
    for (const engine of Object.values(engines)) measure(engine)
    for (let run = 1; run <= runs; run += 1) {
      for (const [name, engine] of Object.entries(engines)) found.get(name)?.push(measure(engine))
    }
    const medians = new Map([...found].map(([name, speeds]) => [name, median(speeds)]))
    const siarPerS = medians.get('siar') ?? 0
    medians.delete('siar')
    const [fastestPeer, fastestPeerPerS] = [...medians].sort(([, left], [, right]) => right - left)[0] ?? [
      'none',
      0,
    ]
    return Promise.resolve({
      load: `4 variables, 5 choices of which 3 are nested, ${people} people; peers: the same 4 variables, no choices`,
      runs,
      figures: {
        perS: rounded(siarPerS),
        fastestPeer,
        fastestPeerPerS: rounded(fastestPeerPerS),
        ratio: rounded(siarPerS / fastestPeerPerS, 2),
      },
      notes: [
        [...medians].map(([name, perS]) => `${name} ${rounded(perS)}`).join(', ') + ' a second',
        'every engine has its template compiled once; escaping is off everywhere; engines take turns within each run',
      ],
    })
  },
}
