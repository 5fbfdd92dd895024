// Loaded into every process of a test run. A file that does not end, because a test waits for ever or left something open
// behind it, would hold up all others until the whole run is cut off; it fails by itself instead, and is named.
const longestFile = 5 * 60_000

const watchdog = setTimeout(() => {
  const open = [...new Set(process.getActiveResourcesInfo())].join(', ')
  process.stderr.write(
    `${process.argv[1] ?? ''} did not end within ${longestFile / 60_000} minutes; still open: ${open}\n`,
  )
  process.exit(1)
}, longestFile)
watchdog.unref()
