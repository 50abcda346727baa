//! Parquet: the columns that are of use, row by row. The first rows are read with all columns, to tell which
//! these are, and then again.

use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::reader::RowIter;
use parquet::record::{Field as Value, Row as Record};
use parquet::schema::types::Type;

use super::cell_rows::{SAMPLE, useful};
use super::choice::choose;
use super::columns::Role;
use super::row::{Cells, Table};
use super::{Pending, Skipped, Source};
use crate::file;

/// Opens a file; its columns are known from its end, so a pipe will not do.
pub(super) fn open(path: &Path, table: Table) -> Result<Box<dyn Source>, Skipped> {
    let source = table.source.clone();
    rows(path, table).map(|rows| Box::new(rows) as Box<dyn Source>).map_err(|reason| Skipped::whole(&source, reason))
}

fn rows(path: &Path, table: Table) -> Result<Rows, String> {
    let schema = open_file(path)?.metadata().file_metadata().schema_descr().root_schema_ptr();
    let names: Vec<String> = schema.get_fields().iter().map(|field| field.name().to_owned()).collect();
    // A row that cannot be read is met again when it is its turn.
    let first = RowIter::from_file_into(Box::new(open_file(path)?)).take(SAMPLE).map_while(Result::ok);
    let first: Vec<Vec<String>> = first.map(|record| cells(&record)).collect();
    let choice = choose(&table.columns, &names, &first).map_err(|error| error.reason())?;
    table.account_for(choice.told(&names));
    let useful: Vec<(Role, String)> = useful(&choice, &names).into_iter().map(|(_, role, name)| (role, name)).collect();
    let is_useful = |field: &&Arc<Type>| useful.iter().any(|(_, name)| name == field.name());
    let fields = schema.get_fields().iter().filter(is_useful).cloned().collect();
    let projection = Type::group_type_builder(schema.name()).with_fields(fields).build();
    let projection = projection.map_err(|error| error.to_string())?;
    let records = RowIter::from_file_into(Box::new(open_file(path)?)).project(Some(projection));
    let records = records.map_err(|error| error.to_string())?;
    Ok(Rows { records, table: Arc::new(table), useful, record: 0, ended: false })
}

fn open_file(path: &Path) -> Result<SerializedFileReader<File>, String> {
    let file = file::open(path).map_err(|error| error.to_string())?;
    SerializedFileReader::new(file).map_err(|error| format!("not Parquet: {error}"))
}

struct Rows {
    records: RowIter<'static>,
    table: Arc<Table>,
    /// What the columns hold that are read, and their names.
    useful: Vec<(Role, String)>,
    record: u64,
    ended: bool,
}

impl Source for Rows {
    fn next(&mut self) -> Option<Result<Pending, Skipped>> {
        if self.ended {
            return None;
        }
        match self.records.next() {
            None => {
                self.ended = true;
                (self.record == 0).then(|| Err(Skipped::whole(&self.table.source, "no records")))
            }
            Some(Ok(record)) => {
                self.record += 1;
                let cells = self.useful.iter().zip(cells(&record));
                let cells = cells.map(|((role, name), cell)| (*role, name.clone(), cell)).collect();
                Some(Ok(Pending::new(Cells { table: Arc::clone(&self.table), record: self.record, cells })))
            }
            Some(Err(error)) => {
                self.ended = true;
                Some(Err(self.table.skipped(self.record + 1, format!("{error}; the rest of the file is not read"))))
            }
        }
    }
}

fn cells(record: &Record) -> Vec<String> {
    record.get_column_iter().map(|(_, value)| text(value)).collect()
}

/// A value as text: an array line by line, a group as what its strings say.
fn text(value: &Value) -> String {
    let joined = |values: &mut dyn Iterator<Item = String>| {
        values.filter(|line| !line.trim().is_empty()).collect::<Vec<_>>().join("\n")
    };
    match value {
        Value::Null => String::new(),
        Value::Str(text) => text.clone(),
        Value::Bytes(bytes) => String::from_utf8_lossy(bytes.data()).into_owned(),
        Value::ListInternal(list) => joined(&mut list.elements().iter().map(text)),
        Value::Group(group) => joined(&mut group.get_column_iter().map(|(_, value)| text(value))),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::ReadOptions;
    use crate::input::columns::Columns;
    use parquet::data_type::{ByteArray, ByteArrayType, Int64Type};
    use parquet::file::properties::WriterProperties;
    use parquet::file::writer::SerializedFileWriter;
    use parquet::schema::parser::parse_message_type;

    fn write(path: &Path, schema: &str) -> Result<(), Box<dyn std::error::Error>> {
        write_texts(path, schema, ["You cook.", "<p>You bake.</p><p>Caf\u{e9}</p>"])
    }

    fn write_texts(path: &Path, schema: &str, texts: [&str; 2]) -> Result<(), Box<dyn std::error::Error>> {
        let schema = Arc::new(parse_message_type(schema)?);
        let properties = Arc::new(WriterProperties::builder().build());
        let mut writer = SerializedFileWriter::new(File::create(path)?, schema, properties)?;
        let mut group = writer.next_row_group()?;
        if let Some(mut column) = group.next_column()? {
            column.typed::<Int64Type>().write_batch(&[7, 8, 9], None, None)?;
            column.close()?;
        }
        if let Some(mut column) = group.next_column()? {
            let texts: Vec<ByteArray> = texts.map(ByteArray::from).into();
            column.typed::<ByteArrayType>().write_batch(&texts, Some(&[1, 0, 1]), None)?;
            column.close()?;
        }
        group.close()?;
        writer.close()?;
        Ok(())
    }

    fn read(path: &Path) -> Vec<String> {
        let options = ReadOptions::default();
        let table = Table::new("jobs.parquet".to_owned(), Arc::new(Columns::new(&options)), &options);
        let mut source = match open(path, table) {
            Ok(source) => source,
            Err(skipped) => return vec![skipped.to_string()],
        };
        let short = |pending: Result<Pending, Skipped>| match pending.and_then(Pending::read) {
            Ok(posting) => format!("{}={}", posting.id, posting.text),
            Err(skipped) => skipped.to_string(),
        };
        std::iter::from_fn(|| source.next()).map(short).collect()
    }

    #[test]
    fn rows_are_postings() -> Result<(), Box<dyn std::error::Error>> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("jobs.parquet");
        write(&path, "message jobs { required int64 id; optional binary description (UTF8); }")?;
        assert_eq!(read(&path), ["7=You cook.", "jobs.parquet, record 2: no text", "9=You bake.\n\nCaf\u{e9}"]);
        write(&path, "message jobs { required int64 id; optional binary skill (UTF8); }")?;
        assert!(read(&path).concat().contains("the columns are `id`, `skill`"));
        // The names tell nothing.
        let texts = [
            "You cook for sixty guests each night and plan all menus.",
            "You bake bread from midnight on, and sell it.",
        ];
        write_texts(&path, "message jobs { required int64 nr; optional binary Wortlaut (UTF8); }", texts)?;
        let expected =
            [format!("7={}", texts[0]), "jobs.parquet, record 2: no text".to_owned(), format!("9={}", texts[1])];
        assert_eq!(read(&path), expected);
        std::fs::write(&path, "PAR1 and no more")?;
        assert!(read(&path).concat().starts_with("jobs.parquet: not Parquet"));
        Ok(())
    }
}
