/** The face of home: it has none; it stands last. */
export {};
