import { readdirSync, statSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'

const rooms = ['packages', 'examples', 'bench', 'scripts']
/** Known-bad houses under test/fences hold files that must never run. */
const closed = /(^|\/)(node_modules|dist|test\/fences\/house)(\/|$)/
const isTest = (file: string): boolean => /\.test\.(ts|mjs)$/.test(file)

/** The test files that were asked for, as absolute paths in order: all of them when nothing was asked for. */
export function findTests(root: string, asked: readonly string[]): readonly string[] {
  const all = rooms.flatMap((room) => walk(root, room)).sort()
  if (asked.length === 0) return all
  return all.filter((file) => asked.some((one) => matches(root, file, one)))
}

/** A file, a folder, or a part of a path. */
function matches(root: string, file: string, asked: string): boolean {
  const path = resolve(root, asked)
  return file === path || file.startsWith(`${path}/`) || relative(root, file).includes(asked)
}

function walk(root: string, folder: string): readonly string[] {
  return entries(join(root, folder)).flatMap((name) => {
    const path = join(folder, name)
    if (closed.test(path)) return []
    if (statSync(join(root, path)).isDirectory()) return walk(root, path)
    return isTest(name) ? [join(root, path)] : []
  })
}

function entries(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}
