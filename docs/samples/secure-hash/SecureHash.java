// Computes the secure hash of a checkout.

import java.math.BigInteger;
import java.util.Base64;
import java.util.Objects;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import static java.nio.charset.StandardCharsets.UTF_8;

public class SecureHash {
  public static void main(String[] args) throws Exception {
    System.out.println(secureHash(
        env("API_CLIENT_ID"), env("AMOUNT"), env("SERVICE_ID"), env("CLIENT_ID_NUMBER"),
        env("CURRENCY"), env("BILL_REF"), env("BILL_DESC"), env("CLIENT_NAME")));
  }

  /** base64 of the lower-case hex of the HMAC. */
  static String secureHash(String... values) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(env("KEY").getBytes(UTF_8), "HmacSHA256"));
    byte[] digest = mac.doFinal((String.join("", values) + env("SECRET")).getBytes(UTF_8));
    String hex = String.format("%064x", new BigInteger(1, digest));
    return Base64.getEncoder().encodeToString(hex.getBytes(UTF_8));
  }

  static String env(String name) {
    return Objects.requireNonNull(System.getenv(name), name);
  }
}
