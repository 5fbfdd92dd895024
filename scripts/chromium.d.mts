/** The path of a Chromium that starts, found or installed; throws with everything that was tried. */
export function findChromium(options?: { say?: (line: string) => void }): Promise<string>
