package dev.muster.node.workspace;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/// A packed target, entry by entry, honest or not.
public final class TargetArchive implements AutoCloseable {
  private final TarArchiveOutputStream tar;

  public TargetArchive(Path file) throws IOException {
    tar = new TarArchiveOutputStream(new GZIPOutputStream(Files.newOutputStream(file)), "UTF-8");
  }

  public TargetArchive folder(String name, int mode) throws IOException {
    var entry = new TarArchiveEntry(name + "/");
    entry.setMode(mode);
    return add(entry, "");
  }

  public TargetArchive file(String name, String content) throws IOException {
    return add(new TarArchiveEntry(name, true), content);
  }

  public TargetArchive link(String name, String to) throws IOException {
    var entry = new TarArchiveEntry(name, TarConstants.LF_SYMLINK, true);
    entry.setLinkName(to);
    return add(entry, "");
  }

  public TargetArchive hardLink(String name, String to) throws IOException {
    var entry = new TarArchiveEntry(name, TarConstants.LF_LINK, true);
    entry.setLinkName(to);
    return add(entry, "");
  }

  private TargetArchive add(TarArchiveEntry entry, String content) throws IOException {
    var bytes = content.getBytes(StandardCharsets.UTF_8);
    entry.setSize(bytes.length);
    tar.putArchiveEntry(entry);
    tar.write(bytes);
    tar.closeArchiveEntry();
    return this;
  }

  @Override
  public void close() throws IOException {
    tar.close();
  }
}
