/**
 * Made-up people to try an import with: good rows, one person twice, one number that is too short. Numbers of the block
 * 0812-0000-… belong to nobody.
 */
export const sampleContacts = [
  'nama,nomor whatsapp,email,kota,tag',
  'Sari Wulandari,0812-0000-0101,sari@example.com,Bandung,VIP',
  'Budi Santoso,+62 812 0000 0102,budi@example.com,Surabaya,reseller',
  'Dewi Lestari,6281200000103,,Yogyakarta,VIP',
  'Agus Pratama,081200000104,agus@example.com,Jakarta,',
  'Rina Kusuma,0812 0000 0105,,Bandung,reseller',
  'Hendra Wijaya,081200000106,hendra@example.com,Semarang,',
  'Maya Putri,081200000107,,Denpasar,VIP',
  'Sari W.,081200000101,,Bandung,',
  'Nomor Kurang,08120,,Medan,',
].join('\n')
