/** Names as an address book has them: few first names, more last names. */
export const names = {
  first:
    'Budi Sari Andi Dewi Agus Rina Joko Putri Eko Maya Hendra Lina Bayu Tuti Rizky Fitri Dimas Ayu Wahyu Nina'.split(
      ' ',
    ),
  last: 'Santoso Wijaya Saputra Hidayat Lestari Nugroho Pratama Kusuma Siregar Nasution Halim Gunawan Setiawan Susanto Rahmawati Utami Handayani Permana Firmansyah Simanjuntak Tanjung Manurung Wibowo Hartono Suryadi'.split(
    ' ',
  ),
} as const
