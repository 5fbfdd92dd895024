import { encode } from 'uqr'
import type { QrCodes } from '../core/ports.ts'

/** Four modules of quiet around it, as ISO/IEC 18004 asks; medium error correction, because screens have fingerprints. */
export const qrCodes: QrCodes = {
  draw: (text) => {
    const { size, data } = encode(text, { ecc: 'M', border: 4 })
    return { size, path: data.map(runsOf).join('') }
  },
}

/** The dark runs of a line, each as one rectangle. */
function runsOf(line: readonly boolean[], y: number): string {
  let path = ''
  for (let x = 0; x < line.length; x += 1) {
    const from = x
    while (line[x] === true) x += 1
    if (x > from) path += `M${from} ${y}h${x - from}v1h-${x - from}z`
  }
  return path
}
