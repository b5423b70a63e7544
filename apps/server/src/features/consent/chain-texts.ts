import type { Language } from '../../core.ts'
import type { ChainFault, ChainVerdict } from './chain-check.ts'

interface FaultFacts {
  readonly link: string
  readonly when: string
  readonly lines: string
}

type FaultText = (facts: FaultFacts) => string

const faults: Record<ChainFault['kind'], Record<Language, FaultText>> = {
  lines_changed: {
    id: ({ link, when }) => `Catatan persetujuan diubah setelah ditulis: mata rantai ${link}, dari ${when}.`,
    en: ({ link, when }) => `Lines were changed after they were written: link ${link}, of ${when}.`,
  },
  lines_removed: {
    id: ({ link, when, lines }) => `${lines} catatan dihapus dari mata rantai ${link}, dari ${when}.`,
    en: ({ link, when, lines }) => `Lines removed from link ${link}, of ${when}: ${lines}.`,
  },
  lines_added: {
    id: ({ link, when, lines }) => `${lines} catatan disisipkan ke mata rantai ${link}, dari ${when}.`,
    en: ({ link, when, lines }) => `Lines slipped into link ${link}, of ${when}, later: ${lines}.`,
  },
  lines_unlinked: {
    id: ({ lines }) => `${lines} catatan ditulis tanpa lewat Siar, di luar rantai.`,
    en: ({ lines }) => `Lines written past Siar, outside of the chain: ${lines}.`,
  },
  words_after_erasing: {
    id: ({ link, when }) => `Kata-kata yang sudah dihapus diisi lagi: mata rantai ${link}, dari ${when}.`,
    en: ({ link, when }) => `Words that had been erased were filled in again: link ${link}, of ${when}.`,
  },
  link_changed: {
    id: ({ link, when }) => `Mata rantai ${link}, dari ${when}, tidak cocok dengan yang sebelumnya.`,
    en: ({ link, when }) => `Link ${link}, of ${when}, does not follow from the one before it.`,
  },
  link_missing: {
    id: ({ link }) => `Mata rantai ${link} hilang.`,
    en: ({ link }) => `Link ${link} is missing.`,
  },
  end_changed: {
    id: ({ link }) => `Ujung rantai tidak cocok dengan mata rantai terakhir, ${link}.`,
    en: ({ link }) => `The end of the chain does not agree with its last link, ${link}.`,
  },
  not_the_kept_one: {
    id: ({ link }) =>
      `Mata rantai ${link} bukan yang pernah disimpan: rantai ini dibuat ulang atau dipotong.`,
    en: ({ link }) => `Link ${link} is not the one that was kept: the chain was made anew or cut off.`,
  },
}

/** What a check found, in plain words. */
export function verdictText({ end, fault }: ChainVerdict, language: Language, timeZone: string): string {
  const number = new Intl.NumberFormat(language)
  if (fault) {
    const facts = {
      link: 'seq' in fault ? number.format(fault.seq) : '',
      when: 'at' in fault ? formatInstant(fault.at, language, timeZone) : '',
      lines: 'lines' in fault ? number.format(fault.lines) : '',
    }
    return faults[fault.kind][language](facts)
  }
  const count = number.format(end?.lines ?? 0)
  return language === 'id'
    ? `Semua ${count} catatan persetujuan masih seperti saat ditulis.`
    : `The consent ledger is as it was written, every line of it (${count}).`
}

/** An instant in the zone of the workspace, the zone named. */
export function formatInstant(at: Date, language: Language, timeZone: string): string {
  return new Intl.DateTimeFormat(language === 'id' ? 'id-ID' : 'en-GB', {
    dateStyle: 'medium',
    timeStyle: 'long',
    timeZone,
  }).format(at)
}
