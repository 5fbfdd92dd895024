// caught by: types TS4111
export const reach = (map: Record<string, string>): string | undefined => map.name
