# The program in an image that holds nothing else.
#
#   docker build -t rolelean .
#   docker run --rm -v "$PWD/postings:/in:ro" -v "$PWD/report:/out" --user "$(id -u):$(id -g)" rolelean

FROM rust:1-slim-bookworm AS build
WORKDIR /source
# The compiler for what is not Rust in a static program.
RUN apt-get update && apt-get install --yes --no-install-recommends musl-tools
RUN rustup target add "$(uname -m)-unknown-linux-musl"
COPY . .
RUN cargo build --profile published --locked --target "$(uname -m)-unknown-linux-musl"
# All that the image holds. Whoever runs it may write a report into /out, and a workbook is put together in /tmp.
RUN mkdir -m 755 /image /image/in \
    && mkdir -m 1777 /image/out /image/tmp \
    && cp target/*-musl/published/rolelean LICENSE-APACHE LICENSE-MIT NOTICE /image

FROM scratch
COPY --from=build /image/ /
VOLUME ["/in", "/out"]
USER 65534:65534
ENTRYPOINT ["/rolelean"]
CMD ["classify", "/in", "--out", "/out", "--html"]
