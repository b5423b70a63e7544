/* Runs before the first paint, so a dark choice never flashes white. A file of its own: the page's security policy allows no inline script. */
;(function () {
  try {
    var choice = localStorage.getItem('siar.theme') || 'system'
    var dark =
      choice === 'dark' || (choice === 'system' && matchMedia('(prefers-color-scheme: dark)').matches)
    document.documentElement.dataset.theme = dark ? 'dark' : 'light'
    document.documentElement.lang = localStorage.getItem('siar.language') || 'id'
  } catch (_) {
    document.documentElement.dataset.theme = 'light'
  }
})()
