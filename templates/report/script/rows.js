// The postings as the page holds them.

const read = (id) => JSON.parse(byId(id).textContent);
const data = read('table-data');

const skills = new Map(data.skills.map((skill) => [skill.place, skill]));
const skillById = new Map(data.skills.map((skill) => [skill.id, skill]));
const skillByName = new Map(data.skills.map((skill) => [skill.name.toLowerCase(), skill]));

/** A posting: its cells of postings.csv under the keys of their columns, and what the filters need besides. */
class Row {
  constructor({ cells, kept = [], required, preferred, named, text, other, pay }, number) {
    Object.assign(this, { number, cells, kept, required, preferred, named, other, text, pay });
    this.skills = [...required, ...preferred, ...named];
  }

  /** The place of its leaning among the four. */
  get place() {
    return data.leanings.indexOf(this.leaning);
  }

  /** What it is called where there is no title. */
  get name() {
    return this.title ?? this.id ?? '';
  }

  /** Whether title and text agree. */
  get titled() {
    if (this.title_leaning === null) return 'no-claim';
    if (this.title_agrees) return 'agrees';
    return data.leanings.indexOf(this.text) < 2 ? 'other-role' : 'unclear';
  }

  /** Words of a cell that lists several. */
  parts(key) {
    return this[key] === null ? [''] : this[key].split('; ');
  }

  /** Why it is neither or balanced, in a few words and numbers. */
  get why() {
    const roles = (this.left_evidence + this.right_evidence).toFixed(2);
    switch (this.reason) {
      case 'too-little': return `too little: ${counted(this.left_skills + this.right_skills, 'skill')}, evidence ${roles}`;
      case 'too-diffuse': return `too diffuse: evidence ${roles} in ${counted(this.words, 'word')}`;
      case 'other-profession': return `other profession: evidence ${this.other.toFixed(2)} against ${roles}`;
      case 'both': return `both: evidence ${this.left_evidence.toFixed(2)} and ${this.right_evidence.toFixed(2)}`;
      default: return '';
    }
  }
}
data.columns.forEach(({ key }, place) => Object.defineProperty(Row.prototype, key, { get() { return this.cells[place]; } }));

const rows = read('rows').map((told, number) => new Row(told, number));

const chip = (place) => make('span', { class: 'chip' },
  make('span', { class: `swatch ${data.classes[place]}` }), data.labels[place]);
