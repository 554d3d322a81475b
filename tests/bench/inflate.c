/* inflate FILE: decompresses a gzip file with zlib and nothing else, the least that reading it can cost. */
#include <stdio.h>
#include <stdlib.h>
#include <zlib.h>

int main(int argc, char **argv) {
    static unsigned char from[64 << 10];
    static unsigned char to[64 << 10];
    FILE *file = argc == 2 ? fopen(argv[1], "rb") : NULL;
    z_stream stream = {0};
    if (file == NULL || inflateInit2(&stream, 15 + 16) != Z_OK)
        return 2;
    int status = Z_OK;
    while (status == Z_OK &&
           (stream.avail_in = (uInt)fread(stream.next_in = from, 1, sizeof from, file)) > 0) {
        do {
            stream.next_out = to;
            stream.avail_out = sizeof to;
            status = inflate(&stream, Z_NO_FLUSH);
            fwrite(to, 1, sizeof to - stream.avail_out, stdout);
        } while (status == Z_OK && stream.avail_out == 0);
    }
    inflateEnd(&stream);
    fclose(file);
    return status == Z_STREAM_END && fflush(stdout) == 0 ? 0 : 2;
}
