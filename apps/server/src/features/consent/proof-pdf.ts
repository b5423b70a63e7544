import type { ConsentProof } from '@siar/contract'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import PDFDocument from 'pdfkit'
import type { Language } from '../../core.ts'
import { formatInstant } from './chain-texts.ts'
import type { ChainEnd } from './chain.repo.ts'
import { proofTexts } from './proof-texts.ts'
import type { ProofRecipientRow } from './proof.repo.ts'

export interface CampaignProofFacts {
  readonly workspace: string
  readonly timeZone: string
  readonly generatedAt: Date
  readonly campaignId: string
  readonly campaign: string
  readonly run: number
  readonly purpose: 'marketing' | 'service'
  readonly frozenAt: Date
  readonly intact: boolean
  readonly message: string
  readonly end: ChainEnd | null
}

export interface ProofTotals {
  readonly recipients: number
  /** Taken by the channel. */
  readonly sent: number
  readonly sentWithConsent: number
  readonly skipped: number
  readonly sha256: string
}

const fonts = join(dirname(createRequire(import.meta.url).resolve('dejavu-fonts-ttf/package.json')), 'ttf')
const textLengthMax = 4000
const ink = '#1c1917'
const faint = '#57534e'
const alarm = '#b91c1c'

/** A page that is written from top to bottom. Texts of people are drawn as text, whatever they hold. */
class Sheet {
  readonly doc: PDFKit.PDFDocument
  private readonly hasGlyph: (codePoint: number) => boolean

  constructor(title: string, language: Language, at: Date) {
    const info = { Title: title, Producer: 'Siar', Creator: 'Siar', CreationDate: at }
    this.doc = new PDFDocument({ size: 'A4', margin: 48, lang: language, info, bufferPages: true })
    this.doc.registerFont('plain', join(fonts, 'DejaVuSans.ttf'))
    this.doc.registerFont('bold', join(fonts, 'DejaVuSans-Bold.ttf'))
    this.doc.font('plain')
    const { font } = (
      this.doc as unknown as { _font: { font: { hasGlyphForCodePoint(codePoint: number): boolean } } }
    )._font
    this.hasGlyph = (codePoint) => font.hasGlyphForCodePoint(codePoint)
    this.line(title, { size: 16, bold: true })
    this.gap()
  }

  line(text: string, { size = 9, bold = false, colour = ink } = {}): void {
    this.doc
      .font(bold ? 'bold' : 'plain')
      .fontSize(size)
      .fillColor(colour)
      .text(drawable(text, this.hasGlyph))
  }

  fact(label: string, value: string): void {
    this.doc
      .font('plain')
      .fontSize(9)
      .fillColor(faint)
      .text(`${label}: `, { continued: true })
      .fillColor(ink)
      .text(drawable(value, this.hasGlyph) || '–')
  }

  gap(height = 0.6): void {
    this.doc.moveDown(height)
  }

  /** Keeps the next lines together where they fit on one page. */
  keepTogether(height: number): void {
    if (this.doc.y + height > this.doc.page.height - this.doc.page.margins.bottom) this.doc.addPage()
  }

  finish(pageWord: string): Readable {
    const { start, count } = this.doc.bufferedPageRange()
    for (let page = start; page < start + count; page++) {
      this.doc.switchToPage(page)
      const { margins, height } = this.doc.page
      const bottom = margins.bottom
      margins.bottom = 0
      this.doc
        .font('plain')
        .fontSize(8)
        .fillColor(faint)
        .text(`${pageWord} ${page + 1} / ${count}`, margins.left, height - 32, { lineBreak: false })
      margins.bottom = bottom
    }
    this.doc.end()
    return this.doc
  }
}

/**
 * A text as it can be drawn: what the typeface lacks, and marks that would turn or hide other letters, stand there by their code. Cut
 * after some thousand letters.
 */
export function drawable(text: string, hasGlyph: (codePoint: number) => boolean): string {
  const cut = text.length > textLengthMax ? `${text.slice(0, textLengthMax)} …` : text
  return Array.from(cut.toWellFormed().replaceAll(/\s+/gu, ' '), (letter) => {
    const codePoint = letter.codePointAt(0) ?? 0
    const isDrawn = !/[\p{C}\p{Zl}\p{Zp}]/u.test(letter) && hasGlyph(codePoint)
    return isDrawn ? letter : `\\u{${codePoint.toString(16)}}`
  }).join('')
}

function drawEnd(sheet: Sheet, end: ChainEnd | null, language: Language): void {
  if (!end) return
  const number = new Intl.NumberFormat(language)
  sheet.fact(proofTexts(language).end, `${number.format(end.seq)} · ${end.hash}`)
}

/** Every line of a person's ledger on A4. */
export function drawPersonProof(proof: ConsentProof, language: Language): Readable {
  const text = proofTexts(language)
  const sheet = new Sheet(text.personTitle, language, new Date(proof.generatedAt))
  sheet.fact(text.workspace, proof.workspace)
  sheet.fact(text.contact, `${proof.contact.name || '–'} (${proof.contact.id})`)
  sheet.fact(text.addresses, proof.contact.addresses.join(', '))
  sheet.fact(text.generatedAt, formatInstant(new Date(proof.generatedAt), language, proof.timeZone))
  sheet.fact(text.times, proof.timeZone)
  drawEnd(sheet, proof.end, language)
  sheet.gap()
  const verdict = proof.intact ? text.holdsAll : text.failsSome
  sheet.line(proof.lines.length === 0 ? text.none : verdict, {
    bold: true,
    colour: proof.intact ? ink : alarm,
  })
  for (const line of proof.lines) {
    sheet.gap()
    sheet.keepTogether(110)
    sheet.line(`${text[line.state]} · ${line.localTime}`, { size: 10, bold: true })
    sheet.fact(text.wording, line.erased ? text.erased : line.wording)
    sheet.fact(text.source, line.source)
    sheet.fact(text.actor, line.actor)
    sheet.fact(text.evidence, line.erased ? text.erased : JSON.stringify(line.evidence))
    const { link } = line
    const place = link ? `${link.seq} (${link.place}/${link.lines}) · ${link.hash}` : text.outside
    sheet.fact(text.link, `${place} · ${line.holds ? text.holds : text.fails}`)
    sheet.fact('SHA-256', line.hash)
  }
  sheet.gap()
  sheet.line(text.codes, { size: 8, colour: faint })
  return sheet.finish(text.page)
}

/** What a campaign was sent on: facts, totals, and the first recipients one by one. */
export function drawCampaignProof(
  facts: CampaignProofFacts,
  shown: readonly ProofRecipientRow[],
  totals: ProofTotals,
  language: Language,
): Readable {
  const text = proofTexts(language)
  const number = new Intl.NumberFormat(language)
  const time = (at: Date) => formatInstant(at, language, facts.timeZone)
  const sheet = new Sheet(text.campaignTitle, language, facts.generatedAt)
  sheet.fact(text.workspace, facts.workspace)
  sheet.fact(text.campaign, `${facts.campaign} (${facts.campaignId}), ${text.run} ${facts.run}`)
  sheet.fact(text.purpose, text[facts.purpose])
  sheet.fact(text.frozenAt, time(facts.frozenAt))
  sheet.fact(text.generatedAt, time(facts.generatedAt))
  sheet.fact(text.times, facts.timeZone)
  drawEnd(sheet, facts.end, language)
  sheet.gap()
  sheet.line(`${text.check}: ${facts.message}`, { bold: true, colour: facts.intact ? ink : alarm })
  sheet.gap()
  for (const figure of ['recipients', 'sent', 'sentWithConsent', 'skipped'] as const)
    sheet.fact(text[figure], number.format(totals[figure]))
  sheet.fact(text.sha256, totals.sha256)
  sheet.gap()
  sheet.line(text.shown(number.format(shown.length), number.format(totals.recipients)), { colour: faint })
  for (const row of shown) {
    sheet.gap(0.4)
    sheet.keepTogether(40)
    sheet.line(`${number.format(row.sequence)}. ${row.name ?? ''} ${row.address}`, { bold: true })
    const consent =
      row.state === null || row.at === null
        ? text.noConsent
        : `${text[row.state]} · ${time(row.at)} · ${row.source ?? ''} · ${row.wording ?? ''} · ${text.link} ${row.seq ?? text.outside}`
    sheet.line(`${row.sentAt ? time(row.sentAt) : text.notSent} · ${consent}`)
  }
  sheet.gap()
  sheet.line(text.codes, { size: 8, colour: faint })
  return sheet.finish(text.page)
}
