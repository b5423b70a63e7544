import type { ErrorEntry } from './error-entry.ts'

/** The part of the error table that is about planning and starting campaigns. */
export const campaignErrors = {
  campaign_wrong_state: {
    status: 409,
    level: 'info',
    id: 'Kampanye tidak dapat melakukan ini pada statusnya sekarang.',
    en: 'The campaign cannot do this in its present state.',
  },
  campaign_no_recipients: {
    status: 422,
    level: 'info',
    id: 'Tidak ada penerima yang dapat dikirimi.',
    en: 'There is nobody this campaign can be sent to.',
  },
  campaign_no_sender: {
    status: 422,
    level: 'info',
    id: 'Pilih paling sedikit satu nomor pengirim untuk kampanye ini.',
    en: 'Choose at least one sending number for this campaign.',
  },
  campaign_weights_zero: {
    status: 422,
    level: 'info',
    id: 'Semua nomor pengirim kampanye ini berbobot 0. Beri bobot pada setidaknya satu nomor.',
    en: 'Every sending number of this campaign weighs 0. Give at least one of them a weight.',
  },
  sender_caps_zero: {
    status: 422,
    level: 'info',
    id: 'Semua nomor pengirim kampanye ini berbatas 0 pesan. Naikkan batas per jam atau per hari setidaknya satu nomor.',
    en: 'Every sending number of this campaign has a cap of 0 messages. Raise the hourly or daily cap of at least one.',
  },
  quota_used_up: {
    status: 409,
    level: 'info',
    id: 'Jatah pesan bulan ini sudah habis. Jatah terisi lagi di awal bulan depan.',
    en: 'The messages of this month are used up. They renew when the next month begins.',
  },
  campaign_budget_spent: {
    status: 422,
    level: 'info',
    id: 'Batas biaya tidak cukup untuk satu pesan pun, dan tidak ada nomor pengirim yang gratis.',
    en: 'The cost limit does not cover a single message, and no sending number is free of charge.',
  },
  campaign_no_message: {
    status: 422,
    level: 'info',
    id: 'Tulis pesan kampanye terlebih dahulu.',
    en: "Write the campaign's message first.",
  },
  variant_no_message: {
    status: 422,
    level: 'info',
    id: 'Salah satu versi yang diuji tidak punya pesan, atau templatnya sudah dihapus. Pilih templat lain untuk versi itu.',
    en: 'One of the versions you compare has no message, or its template was deleted. Choose another template for it.',
  },
  experiment_too_small: {
    status: 422,
    level: 'info',
    id: 'Penerimanya terlalu sedikit untuk uji ini: tidak ada yang akan menerima pesan. Perbesar bagian uji, atau kirim tanpa uji.',
    en: 'There are too few people for this test: nobody would get a message. Make its share larger, or send without a test.',
  },
  campaign_not_editable: {
    status: 409,
    level: 'info',
    id: 'Kampanye yang sudah berjalan tidak dapat diubah.',
    en: 'A campaign that has started cannot be changed.',
  },
  schedule_in_past: {
    status: 422,
    level: 'info',
    id: 'Waktu mulai sudah lewat.',
    en: 'The start time has already passed.',
  },
  recurrence_malformed: {
    status: 422,
    level: 'info',
    id: 'Aturan pengulangan tidak dapat dibaca. Contoh yang benar: FREQ=WEEKLY;BYDAY=MO,TH.',
    en: 'The rule to repeat by cannot be read. One that can: FREQ=WEEKLY;BYDAY=MO,TH.',
  },
  recurrence_too_frequent: {
    status: 422,
    level: 'info',
    id: 'Pengulangan paling sering setiap hari. Untuk beberapa kali sehari, sebutkan jamnya: FREQ=DAILY;BYHOUR=9,15.',
    en: 'Every day is the shortest step. For several times a day name the hours: FREQ=DAILY;BYHOUR=9,15.',
  },
  recurrence_not_supported: {
    status: 422,
    level: 'info',
    id: 'Bagian dari aturan pengulangan ini tidak didukung. Waktu mulai dan zona waktu punya isian sendiri.',
    en: 'A part of this rule to repeat by is not supported. The first time and the time zone have fields of their own.',
  },
  recurrence_too_many: {
    status: 422,
    level: 'info',
    id: 'Angka dalam aturan pengulangan terlalu besar: COUNT paling banyak 1000, INTERVAL paling banyak 400.',
    en: 'A number in the rule to repeat by is too large: COUNT goes up to 1000, INTERVAL up to 400.',
  },
  recurrence_never: {
    status: 422,
    level: 'info',
    id: 'Dengan aturan ini kampanye tidak akan pernah berjalan dalam sepuluh tahun.',
    en: 'With this rule the campaign would never run within ten years.',
  },
} as const satisfies Record<string, ErrorEntry>
